/**
 * Asks the agents of the other nodes for their clocks and for what came to them, by a small message
 * over the channel, and answers theirs. What comes in is checked before anything is made of it: any
 * node can send it.
 */
package io.tribescope.agent.probe;
