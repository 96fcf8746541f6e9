package io.tribescope.exporter.face;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A metric family's name, labels, meaning and cost.
 *
 * @param name as exposed, with the suffix of its type ({@code _total}, {@code _info})
 * @param meaning sentences
 * @param absence a sentence on when there is no series; empty for always
 * @param good what a healthy web server shows
 */
record Family(
    Type type,
    String name,
    List<Label> labels,
    String meaning,
    String absence,
    String good,
    Cost cost) {

  enum Type {
    GAUGE,
    COUNTER,
    INFO
  }

  /**
   * One label of each series.
   *
   * @param values all that there can be; none when they are not known beforehand
   * @param descriptive whether it follows from the others, and so makes no series more
   */
  record Label(String name, List<String> values, boolean descriptive) {}

  private Family(Type type, String name, String... labelNames) {
    this(
        type,
        name,
        Stream.of(labelNames).map(label -> new Label(label, List.of(), false)).toList(),
        "",
        "",
        "",
        Cost.READ);
  }

  /**
   * @param labelNames one series for each value of each
   */
  static Family gauge(String name, String... labelNames) {
    return new Family(Type.GAUGE, name, labelNames);
  }

  /**
   * @param labelNames one series for each value of each
   */
  static Family counter(String name, String... labelNames) {
    return new Family(Type.COUNTER, name, labelNames);
  }

  /**
   * @param labelNames one series for each value of each
   */
  static Family info(String name, String... labelNames) {
    return new Family(Type.INFO, name, labelNames);
  }

  /** One more label, with all the values that it can have. */
  Family by(String label, Stream<String> values) {
    return labelled(Stream.of(new Label(label, values.toList(), false)));
  }

  /** More labels, which follow from the others. */
  Family with(String... labelNames) {
    return labelled(Stream.of(labelNames).map(label -> new Label(label, List.of(), true)));
  }

  Family means(String sentences) {
    return new Family(type, name, labels, sentences, absence, good, cost);
  }

  Family good(String sentences) {
    return new Family(type, name, labels, meaning, absence, sentences, cost);
  }

  Family costs(Cost what) {
    return new Family(type, name, labels, meaning, absence, good, what);
  }

  /** A healthy web server has the series, unless an option is chosen that is not the default. */
  Family absent(String when) {
    return new Family(type, name, labels, meaning, "Absent " + when + ".", good, cost);
  }

  /** A healthy web server need not have the series. */
  Family only(String condition) {
    return new Family(type, name, labels, meaning, "Only " + condition + ".", good, cost);
  }

  List<String> labelNames() {
    return labels.stream().map(Label::name).toList();
  }

  /** All of it in one text, as exposed. */
  String help() {
    return meaning + (absence.isEmpty() ? "" : " " + absence) + " Good: " + good;
  }

  private Family labelled(Stream<Label> more) {
    List<Label> all = new ArrayList<>(labels);
    more.forEach(all::add);
    return new Family(type, name, List.copyOf(all), meaning, absence, good, cost);
  }
}
