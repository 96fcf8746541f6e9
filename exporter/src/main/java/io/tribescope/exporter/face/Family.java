package io.tribescope.exporter.face;

import java.util.List;

/**
 * A metric family's name, meaning and labels.
 *
 * @param name as exposed, with the suffix of its type ({@code _total}, {@code _info})
 */
record Family(Type type, String name, String help, List<String> labelNames) {

  enum Type {
    GAUGE,
    COUNTER,
    INFO
  }

  static Family gauge(String name, String help, String... labelNames) {
    return new Family(Type.GAUGE, name, help, List.of(labelNames));
  }

  static Family counter(String name, String help, String... labelNames) {
    return new Family(Type.COUNTER, name, help, List.of(labelNames));
  }

  static Family info(String name, String help, String... labelNames) {
    return new Family(Type.INFO, name, help, List.of(labelNames));
  }
}
