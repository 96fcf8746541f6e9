/**
 * Hooks in Tomcat's cluster: channels, messages and their way to each member, membership, and the
 * sessions that are changed, sent, applied, transferred and failed over.
 */
package io.tribescope.agent.hooks.tribes;
