/**
 * The other nodes, by the address that they announce: what is recorded of each through all of its
 * lives, whether it is in the view, and the bit that stands for its present life wherever sessions
 * are tracked.
 */
package io.tribescope.agent.recording.members;
