/**
 * The ground floor: striped counters, the histograms that are laid out in them, and bounded counts
 * by class name. Adding takes no lock and allocates nothing; a sum is exact once the adders rest.
 */
package io.tribescope.agent.recording.counters;
