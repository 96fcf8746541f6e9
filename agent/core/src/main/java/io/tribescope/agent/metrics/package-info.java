/**
 * What the agent publishes. {@code Scope} begins each declaration, {@code Observed} names the hooks
 * that a figure rests on, {@code AgentCost} says what it costs.
 *
 * <p>The rooms below hold declarations ({@code ...Families}) and samples by the same subjects. A
 * room knows this ground floor and no other room; {@code node}, which collects, knows them all.
 */
package io.tribescope.agent.metrics;
