package io.tribescope.testbed.clients;

import java.util.Map;

/**
 * One value of one series.
 *
 * @param name as written, with its suffix ({@code _total}, {@code _bucket}, ...); empty for the
 *     result of a query that has none
 * @param labels without the name
 */
public record Sample(String name, Map<String, String> labels, double value) {
  /** Whether it has, among others, these labels: name, value, name, value... */
  boolean has(String... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (!pairs[i + 1].equals(labels.get(pairs[i]))) {
        return false;
      }
    }
    return true;
  }
}
