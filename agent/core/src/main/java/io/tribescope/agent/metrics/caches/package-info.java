/** Replicated caches' metrics: whether the nodes' caches are in step, and why not. */
package io.tribescope.agent.metrics.caches;
