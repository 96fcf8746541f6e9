/**
 * Sessions on real clusters: what was replicated and what was lost, what would be lost, and what
 * became of sessions after a failover, a partition or a restart.
 */
package io.tribescope.system.sessions;
