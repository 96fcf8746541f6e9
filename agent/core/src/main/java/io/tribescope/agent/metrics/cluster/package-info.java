/**
 * A channel: the node and the members that it sees, what it sent to them and received from them,
 * what waits to be sent, and how late it arrives. Read from the recording and, for who is there,
 * from Tomcat's own view.
 */
package io.tribescope.agent.metrics.cluster;
