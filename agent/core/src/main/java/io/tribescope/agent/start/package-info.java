/**
 * Puts the agent together, once the gate has seen a cluster or a replicated cache: options, hooks,
 * recordings, metrics, the server and the prober. What is done on Tomcat's own thread is kept
 * short, and a step that fails costs itself alone.
 */
package io.tribescope.agent.start;
