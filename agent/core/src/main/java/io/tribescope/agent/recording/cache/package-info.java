/**
 * Replicated Ehcache caches: what changed, what was sent to whom, received, lost and why, and the
 * peers. Caches are kept behind weak references, so that a redeployed application can go.
 */
package io.tribescope.agent.recording.cache;
