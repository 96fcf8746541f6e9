/**
 * What Tomcat's and Ehcache's classes see of the agent: the events that woven code reports, by
 * subject, and {@link io.tribescope.agent.bridge.Bridge}, which says where they go. It stands on
 * the system loader, knows nothing else of the agent, and does nothing until the agent connects it.
 *
 * <p>An event passes primitives, strings and byte arrays. An object is passed only where an
 * identity is needed, and may be kept only behind a weak reference. A member is named by the host
 * bytes and the port that it announces: its printed name depends on who looks. Recordings run
 * inside calls of Tomcat's, on many threads at once, and must not block. What they throw ends the
 * advice, and is counted for its hook.
 */
package io.tribescope.agent.bridge;
