/**
 * What is recorded of each cache, of each peer of it, and of the groups that stand for a topic:
 * counters, queues, and the tables that find them by an object's identity. All tables are bounded,
 * and keep what is the application's behind weak references.
 */
package io.tribescope.agent.recording.cache.records;
