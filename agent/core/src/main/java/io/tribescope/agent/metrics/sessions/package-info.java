/**
 * Replicated sessions of each context: what would be lost if this node died, what failed requests
 * and failovers came to, and how sessions were transferred to a node that started.
 */
package io.tribescope.agent.metrics.sessions;
