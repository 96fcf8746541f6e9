/**
 * Reads that may have to wait, for a lock of the application's or for a name server. They are made
 * on a few threads of their own; a scrape waits for them a moment and then goes on without.
 */
package io.tribescope.agent.reads;
