/**
 * What the agent publishes: how it is declared, by what it is observed, and what that costs. The
 * rooms below hold declarations ({@code ...Metric}) and samples of the same subjects.
 */
package io.tribescope.agent.metrics;
