/**
 * JVMs with replicated Ehcaches: how they are configured, what is done to a cache, and the broker
 * that one kind of replication needs.
 */
package io.tribescope.testbed.caches;
