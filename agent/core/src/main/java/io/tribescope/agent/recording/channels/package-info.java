/**
 * The channels of this JVM, nearly always one, and all that is recorded of each; and who is told of
 * what happens on them.
 */
package io.tribescope.agent.recording.channels;
