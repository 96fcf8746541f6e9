package io.tribescope.testbed.demo;

import io.tribescope.testbed.clients.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the agents say of sessions at one moment, each list by node, in their order.
 *
 * @param unreplicated sessions whose newest change is on no other node; empty where the node's
 *     agent does not say
 * @param missed by the other node's name, this node's sessions whose replica there has missed a
 *     change; without those nodes of which its agent does not say
 */
record Risk(List<OptionalInt> unreplicated, List<SortedMap<String, Integer>> missed) {
  private static final String UNREPLICATED = "tomcat_session_unreplicated";
  private static final String MISSED = "tomcat_session_missed_changes";

  /**
   * Reads one round of scrapes.
   *
   * @param scrapes by node; without samples where an agent does not answer
   * @param names of the nodes, by what they announce as members
   */
  static Risk read(List<List<Sample>> scrapes, Map<String, String> names) {
    List<OptionalInt> unreplicated = new ArrayList<>();
    List<SortedMap<String, Integer>> missed = new ArrayList<>();
    for (List<Sample> samples : scrapes) {
      OptionalInt alone = OptionalInt.empty();
      SortedMap<String, Integer> others = new TreeMap<>();
      for (Sample sample : samples) {
        int sessions = (int) sample.value();
        if (sample.name().equals(UNREPLICATED)) {
          alone = OptionalInt.of(alone.orElse(0) + sessions);
        } else if (sample.name().equals(MISSED)) {
          String member = sample.labels().getOrDefault("member", "?");
          others.merge(names.getOrDefault(member, member), sessions, Integer::sum);
        }
      }
      unreplicated.add(alone);
      missed.add(others);
    }
    return new Risk(unreplicated, missed);
  }

  /**
   * What must be said of changes made while the first node is cut off from all others: unreplicated
   * during the cut, and missed, by the other side, after it.
   *
   * @param names of the nodes
   * @param changed by node, the sessions changed there
   */
  static Risk ofCut(List<String> names, List<Integer> changed) {
    List<OptionalInt> unreplicated = new ArrayList<>();
    List<SortedMap<String, Integer>> missed = new ArrayList<>();
    for (int node = 0; node < names.size(); node++) {
      List<String> beyond = node == 0 ? names.subList(1, names.size()) : names.subList(0, 1);
      boolean alone = beyond.size() == names.size() - 1;
      unreplicated.add(OptionalInt.of(alone ? changed.get(node) : 0));
      SortedMap<String, Integer> others = new TreeMap<>();
      for (String other : beyond) {
        others.put(other, changed.get(node));
      }
      missed.add(others);
    }
    return new Risk(unreplicated, missed);
  }

  /** What is said of these others alone; nothing of a node that does not speak of all of them. */
  Risk among(List<SortedMap<String, Integer>> wanted) {
    List<SortedMap<String, Integer>> restricted = new ArrayList<>();
    for (int node = 0; node < wanted.size(); node++) {
      SortedMap<String, Integer> said = new TreeMap<>(missed.get(node));
      said.keySet().retainAll(wanted.get(node).keySet());
      boolean all = said.keySet().equals(wanted.get(node).keySet());
      restricted.add(all ? said : new TreeMap<>());
    }
    return new Risk(unreplicated, restricted);
  }

  String unreplicatedText() {
    return unreplicatedText(unreplicated);
  }

  static String unreplicatedText(List<OptionalInt> unreplicated) {
    return "unreplicated " + Observation.counts(unreplicated);
  }

  /** Each node's sum over the others. */
  String missedText() {
    return missedText(missed);
  }

  static String missedText(List<SortedMap<String, Integer>> missed) {
    List<OptionalInt> sums = new ArrayList<>();
    for (SortedMap<String, Integer> others : missed) {
      int sum = others.values().stream().mapToInt(Integer::intValue).sum();
      sums.add(others.isEmpty() ? OptionalInt.empty() : OptionalInt.of(sum));
    }
    return "missed " + Observation.counts(sums);
  }
}
