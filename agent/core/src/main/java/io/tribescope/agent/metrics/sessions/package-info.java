/** Replicated sessions' metrics: what would be lost, what was, and what stayed stale. */
package io.tribescope.agent.metrics.sessions;
