/**
 * Reads Ehcache's objects at a scrape: caches, the peers that they are bound as, providers of
 * peers. By reflection and from outside, for an application brings its own Ehcache of any version
 * from 1.6 on. What cannot be read is unknown, which costs the scrape that figure alone.
 */
package io.tribescope.agent.ehcache;
