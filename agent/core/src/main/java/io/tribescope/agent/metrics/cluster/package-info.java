/** A channel's metrics: its members, and the messages between them. */
package io.tribescope.agent.metrics.cluster;
