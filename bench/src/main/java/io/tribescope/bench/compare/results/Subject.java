package io.tribescope.bench.compare.results;

/**
 * An agent as the page tells of it, or none.
 *
 * @param origin what it is
 * @param ours whether the targets apply to it
 */
public record Subject(String name, String origin, boolean ours) {}
