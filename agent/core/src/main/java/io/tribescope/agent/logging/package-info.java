/**
 * SLF4J's backend within the agent: bounded lines on stderr, and nothing of java.util.logging,
 * whose manager Tomcat sets after the agent has started.
 */
package io.tribescope.agent.logging;
