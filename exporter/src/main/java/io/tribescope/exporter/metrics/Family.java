package io.tribescope.exporter.metrics;

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
public record Family(
    Type type,
    String name,
    List<Label> labels,
    String meaning,
    String absence,
    String good,
    Cost cost) {

  public enum Type {
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
  public record Label(String name, List<String> values, boolean descriptive) {}

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
  public static Family gauge(String name, String... labelNames) {
    return new Family(Type.GAUGE, name, labelNames);
  }

  /**
   * @param labelNames one series for each value of each
   */
  public static Family counter(String name, String... labelNames) {
    return new Family(Type.COUNTER, name, labelNames);
  }

  /**
   * @param labelNames one series for each value of each
   */
  public static Family info(String name, String... labelNames) {
    return new Family(Type.INFO, name, labelNames);
  }

  /** One more label, with all the values that it can have. */
  public Family by(String label, Stream<String> values) {
    return labelled(Stream.of(new Label(label, values.toList(), false)));
  }

  /** More labels, which follow from the others. */
  public Family with(String... labelNames) {
    return labelled(Stream.of(labelNames).map(label -> new Label(label, List.of(), true)));
  }

  public Family means(String sentences) {
    return new Family(type, name, labels, sentences, absence, good, cost);
  }

  public Family good(String sentences) {
    return new Family(type, name, labels, meaning, absence, sentences, cost);
  }

  public Family costs(Cost what) {
    return new Family(type, name, labels, meaning, absence, good, what);
  }

  /** A healthy web server has the series, unless an option is chosen that is not the default. */
  public Family absent(String when) {
    return new Family(type, name, labels, meaning, "Absent " + when + ".", good, cost);
  }

  /** A healthy web server need not have the series. */
  public Family only(String condition) {
    return new Family(type, name, labels, meaning, "Only " + condition + ".", good, cost);
  }

  public List<String> labelNames() {
    return labels.stream().map(Label::name).toList();
  }

  /** All of it in one text, as exposed. */
  public String help() {
    return meaning + (absence.isEmpty() ? "" : " " + absence) + " Good: " + good;
  }

  private Family labelled(Stream<Label> more) {
    List<Label> all = new ArrayList<>(labels);
    more.forEach(all::add);
    return new Family(type, name, List.copyOf(all), meaning, absence, good, cost);
  }
}
