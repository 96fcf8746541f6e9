/**
 * The whole product on real servers: the finished jars, as users get them, and what the cluster and
 * its caches then say of themselves. The tests stand in packages by subject.
 */
package io.tribescope.system;
