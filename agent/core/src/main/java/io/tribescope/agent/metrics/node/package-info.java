/**
 * What is said of the node itself, whatever it replicates: the agent, the JVM, connection pools.
 * {@code ClusterCollector} puts the samples of all rooms into one scrape; where one subject cannot
 * be read, the others are published all the same.
 */
package io.tribescope.agent.metrics.node;
