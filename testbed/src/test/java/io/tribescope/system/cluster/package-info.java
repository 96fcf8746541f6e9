/**
 * The channel beneath the sessions: who sees whom, what waits in a queue or for a stuck receiver,
 * and how late a message came by clocks that are set wrong.
 */
package io.tribescope.system.cluster;
