package io.tribescope.testbed.demo;

/**
 * One thing that the story set out to show.
 *
 * @param observed what was seen, or why it cannot be seen here
 * @param seconds from the act to the observation; empty where nothing was waited for
 */
record Step(String name, String expected, String observed, String seconds, Outcome outcome) {
  /** What became of it. */
  enum Outcome {
    OBSERVED("ok"),
    MISSED("MISSED"),
    IMPOSSIBLE("cannot");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }
}
