/**
 * The demo: a whole observed cluster on one machine, and the story of a split brain and a failover,
 * told by what was measured. Started by the script {@code demo} in the root.
 */
package io.tribescope.testbed.demo;
