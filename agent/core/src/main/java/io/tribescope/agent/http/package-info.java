/**
 * The agent's HTTP endpoints. Threads, waiting requests and the time of each are bounded here, for
 * the JDK's server bounds them only for the whole JVM, which is Tomcat's. Knows nothing else of the
 * agent's: it is given a registry, and whether the agent is ready.
 */
package io.tribescope.agent.http;
