package io.tribescope.testbed.machine;

/**
 * How a command ended.
 *
 * @param output what it wrote to both its outputs, without surrounding white space
 */
public record Finished(int exitCode, String output) {}
