/**
 * One vocabulary for agent and exporter: {@link io.tribescope.metrics.MetricFamily} is the
 * declaration of a metric, {@link io.tribescope.metrics.Snapshots} holds the samples of one scrape.
 * The rules that declarations must fulfil, and the document that is made of them, are with the
 * tests.
 *
 * <p>The agent carries it where applications do not see it; hence Java 8, and no library but those
 * that the agent has anyway.
 */
package io.tribescope.metrics;
