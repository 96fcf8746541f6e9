/**
 * Where the JVM enters the agent, and the gate that waits there for a cluster or a replicated
 * cache. Stands on the system loader, in every JVM that has the flag; touches nothing that Tomcat
 * sets up later, and loads nothing of the agent before the gate opens.
 */
package io.tribescope.agent.premain;
