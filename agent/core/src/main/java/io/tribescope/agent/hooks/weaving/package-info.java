/**
 * How hooks get into classes: the transformer, the checks before, the handler around every advice,
 * the reports from within a method's own instructions, and what became of each hook. Never throws;
 * a class that cannot be woven loads as it is.
 */
package io.tribescope.agent.hooks.weaving;
