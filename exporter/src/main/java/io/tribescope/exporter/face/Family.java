package io.tribescope.exporter.face;

import java.util.List;

/**
 * A metric family's name, labels and meaning.
 *
 * @param name as exposed, with the suffix of its type ({@code _total}, {@code _info})
 * @param meaning sentences
 * @param absence a sentence on when there is no series; empty for always
 * @param good what a healthy web server shows
 */
record Family(
    Type type, String name, List<String> labelNames, String meaning, String absence, String good) {

  enum Type {
    GAUGE,
    COUNTER,
    INFO
  }

  static Family gauge(String name, String... labelNames) {
    return new Family(Type.GAUGE, name, List.of(labelNames), "", "", "");
  }

  static Family counter(String name, String... labelNames) {
    return new Family(Type.COUNTER, name, List.of(labelNames), "", "", "");
  }

  static Family info(String name, String... labelNames) {
    return new Family(Type.INFO, name, List.of(labelNames), "", "", "");
  }

  Family means(String sentences) {
    return new Family(type, name, labelNames, sentences, absence, good);
  }

  Family good(String sentences) {
    return new Family(type, name, labelNames, meaning, absence, sentences);
  }

  /** A healthy web server has the series, unless an option is chosen that is not the default. */
  Family absent(String when) {
    return new Family(type, name, labelNames, meaning, "Absent " + when + ".", good);
  }

  /** A healthy web server need not have the series. */
  Family only(String condition) {
    return new Family(type, name, labelNames, meaning, "Only " + condition + ".", good);
  }

  /** All of it in one text, as exposed. */
  String help() {
    return meaning + (absence.isEmpty() ? "" : " " + absence) + " Good: " + good;
  }
}
