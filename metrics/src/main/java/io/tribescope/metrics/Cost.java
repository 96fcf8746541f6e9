package io.tribescope.metrics;

/** What it costs to know a figure. Agent and exporter each have an enum of theirs. */
public interface Cost {
  /** The constant's name, which the document shows in lower case. */
  String name();

  /** What is done for it and how often, without a full stop. */
  String meaning();
}
