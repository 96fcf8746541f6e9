/**
 * Replicated Ehcache caches: whether the nodes' caches are in step, and what in their configuration
 * keeps them from it. Caches are told apart by context, manager and name, peers by their addresses.
 */
package io.tribescope.agent.metrics.caches;
