/**
 * What is said of the node itself, whatever it replicates: the agent, the JVM, connection pools.
 * {@code ClusterCollector} puts the samples of all rooms into one scrape.
 */
package io.tribescope.agent.metrics.node;
