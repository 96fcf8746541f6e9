/**
 * What the agents of two nodes tell each other in their probes, and what is made of it: how far the
 * clocks are apart, how late changes were applied, and which of the messages sent in each second
 * have arrived.
 */
package io.tribescope.agent.recording.receipts;
