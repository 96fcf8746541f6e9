/**
 * The agent's HTTP endpoints, within bounds of their own: what a client does must not reach Tomcat.
 * Knows of nothing else that is the agent's.
 */
package io.tribescope.agent.http;
