/**
 * Sessions: who holds the newest change of each, what would be lost and what is stale, failovers,
 * state transfers, and the web applications that they belong to. Of a session only a keyed hash of
 * its id is kept.
 */
package io.tribescope.agent.recording.sessions;
