package io.tribescope.testbed.demo;

import io.tribescope.testbed.clients.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * What can be seen of the cluster at one moment.
 *
 * @param members by node, in their order, how many members it sees, itself included; empty where
 *     its agent does not answer
 * @param islands as Prometheus' rules reckon; empty where it does not say
 * @param lagSeconds mean of the changes applied since the observation before; empty without one
 * @param risk what the agents say of sessions
 * @param cachePeers by node, how many peers its replicated cache has found; empty where its agent
 *     does not say
 * @param workers the states of mod_jk's workers; empty while the exporter does not know them
 * @param firing alerts that the webhook was told of and not of their end
 * @param users what the steady load has done so far
 */
record Observation(
    List<OptionalInt> members,
    OptionalDouble islands,
    OptionalDouble lagSeconds,
    Risk risk,
    List<OptionalInt> cachePeers,
    SortedMap<String, String> workers,
    SortedSet<String> firing,
    Totals users) {
  private static final String UNKNOWN = "-";

  // The islands are a sum of fractions, three times 1/3 for example.
  private static final double ROUNDING = 1e-9;

  /** Whether each node sees that many members; an empty one stands for "does not answer". */
  boolean sees(List<OptionalInt> counts) {
    return members.equals(counts);
  }

  /** Whether Prometheus' rules reckon so many islands. */
  boolean hasIslands(int number) {
    return islands.isPresent() && Math.abs(islands.getAsDouble() - number) < ROUNDING;
  }

  /** Whether mod_jk knows that many workers and takes all for good. */
  boolean allWorkersOk(int number) {
    return workers.size() == number && bad().isEmpty();
  }

  private List<String> bad() {
    List<String> bad = new ArrayList<>();
    workers.forEach(
        (worker, state) -> {
          if (!state.equals("OK") && !state.startsWith("OK/")) {
            bad.add(worker + " " + state);
          }
        });
    return bad;
  }

  String membersText() {
    return membersText(members);
  }

  static String membersText(List<OptionalInt> members) {
    return "members " + counts(members);
  }

  /** What is unknown is no zero. */
  static String counts(List<OptionalInt> counts) {
    return counts.stream()
        .map(count -> count.isPresent() ? Integer.toString(count.getAsInt()) : UNKNOWN)
        .collect(Collectors.joining(" "));
  }

  String cachePeersText() {
    return cachePeersText(cachePeers);
  }

  static String cachePeersText(List<OptionalInt> peers) {
    return "cache peers " + counts(peers);
  }

  String islandsText() {
    return "islands " + number(islands, 1);
  }

  String lagText() {
    return "lag " + number(lagSeconds, 1000) + (lagSeconds.isPresent() ? " ms" : "");
  }

  private static String number(OptionalDouble value, double factor) {
    if (value.isEmpty()) {
      return UNKNOWN;
    }
    double scaled = value.getAsDouble() * factor;
    return Math.abs(scaled - Math.rint(scaled)) < ROUNDING
        ? Long.toString(Math.round(scaled))
        : String.format(Locale.ROOT, "%.2f", scaled);
  }

  String workersText() {
    if (workers.isEmpty()) {
      return "workers " + UNKNOWN;
    }
    List<String> parts = new ArrayList<>(bad());
    int good = workers.size() - parts.size();
    parts.add(0, good + " OK");
    return "workers " + String.join(", ", parts);
  }

  String alertsText() {
    return "alerts " + (firing.isEmpty() ? "none" : String.join(", ", firing));
  }

  String usersText() {
    return "%d requests, %d failed, %d sessions lost"
        .formatted(users.answered() + users.failed(), users.failed(), users.lost());
  }
}
