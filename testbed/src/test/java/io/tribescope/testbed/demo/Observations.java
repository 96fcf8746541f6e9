package io.tribescope.testbed.demo;

import io.tribescope.testbed.clients.Totals;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/** Observations for tests. */
final class Observations {
  static final Observation UNKNOWN =
      new Observation(
          List.of(OptionalInt.empty(), OptionalInt.empty()),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          risk(OptionalInt.empty(), OptionalInt.empty()),
          List.of(OptionalInt.empty(), OptionalInt.empty()),
          new TreeMap<>(),
          new TreeSet<>(),
          new Totals(0, 0, 0, 0, 0, 0, Map.of()));

  static final Observation SPLIT =
      new Observation(
          List.of(OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(2)),
          OptionalDouble.of(2),
          OptionalDouble.of(0.00123),
          risk(OptionalInt.of(20), OptionalInt.of(0), OptionalInt.of(0)),
          List.of(OptionalInt.of(0), OptionalInt.of(1), OptionalInt.of(1)),
          new TreeMap<>(Map.of("node1", "OK", "node2", "OK/IDLE", "node3", "ERR/REC")),
          new TreeSet<>(List.of("TomcatClusterSplitBrain")),
          new Totals(60, 40, 20, 2, 1, 5, Map.of("node1", 20L, "node2", 40L)));

  private Observations() {}

  /** Without a member in any view, of which something could be said. */
  static Risk risk(OptionalInt... unreplicated) {
    return new Risk(
        List.of(unreplicated), Collections.nCopies(unreplicated.length, new TreeMap<>()));
  }
}
