package io.tribescope.testbed.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/** How many members each node sees, in the situations of the story. */
final class Views {
  private Views() {}

  /** Every node sees all. */
  static List<OptionalInt> all(int nodes) {
    return new ArrayList<>(Collections.nCopies(nodes, OptionalInt.of(nodes)));
  }

  /** The first node sees itself alone, and the others each other. */
  static List<OptionalInt> firstAlone(int nodes) {
    List<OptionalInt> views =
        new ArrayList<>(Collections.nCopies(nodes, OptionalInt.of(nodes - 1)));
    views.set(0, OptionalInt.of(1));
    return views;
  }

  /** The last node is dead; the others see each other. */
  static List<OptionalInt> lastDead(int nodes) {
    List<OptionalInt> views =
        new ArrayList<>(Collections.nCopies(nodes, OptionalInt.of(nodes - 1)));
    views.set(nodes - 1, OptionalInt.empty());
    return views;
  }

  /** Every node's cache has found those of all others. */
  static List<OptionalInt> othersCaches(int nodes) {
    return new ArrayList<>(Collections.nCopies(nodes, OptionalInt.of(nodes - 1)));
  }

  static String text(List<OptionalInt> views) {
    return Observation.membersText(views);
  }
}
