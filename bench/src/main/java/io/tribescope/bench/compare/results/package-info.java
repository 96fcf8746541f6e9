/**
 * What the runs measured: figures of one run, the runs of two agents compared round by round,
 * medians with their intervals, the samples of a recording, and the page in Markdown that shows
 * them. Nothing here starts anything.
 */
package io.tribescope.bench.compare.results;
