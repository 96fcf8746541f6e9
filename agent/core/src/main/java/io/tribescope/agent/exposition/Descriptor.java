package io.tribescope.agent.exposition;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.exposition.Metric.Kind;
import io.tribescope.agent.recording.counters.Durations;
import io.tribescope.agent.recording.counters.Sizes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a metric is called, how it is labelled, what it means and costs. Complete once {@link
 * Metric} has declared it, and not changed thereafter.
 */
final class Descriptor {
  final Kind kind;

  /** Without the suffixes {@code _total} and {@code _info}, which the exposition adds. */
  final String baseName;

  /** Labels of each series, in their order, with their values where these are known beforehand. */
  final Map<String, Set<String>> labels = new LinkedHashMap<>();

  /** Of the labels those that make no series more: they follow from the others. */
  final Set<String> descriptive = new LinkedHashSet<>();

  /** Of a histogram, the infinite one included. */
  int buckets = Durations.boundsSeconds().length;

  Observed observed = Observed.AT_SCRAPE;
  Cost cost = Cost.READ;
  String meaning = "";
  String good = "";

  /** A sentence on when there is no series; empty for always. */
  String absence = "";

  /** Whether the series is there only under a condition that a healthy cluster need not fulfil. */
  boolean conditional;

  private Descriptor(Kind kind, String baseName) {
    this.kind = kind;
    this.baseName = baseName;
    by("cluster").by("observer");
  }

  /**
   * @param baseName without {@code _total}
   */
  static Descriptor counter(String baseName) {
    return new Descriptor(Kind.COUNTER, baseName);
  }

  static Descriptor gauge(String name) {
    return new Descriptor(Kind.GAUGE, name);
  }

  /** Of durations, in seconds. */
  static Descriptor histogram(String name) {
    return new Descriptor(Kind.HISTOGRAM, name);
  }

  /**
   * @param baseName without {@code _info}
   */
  static Descriptor info(String baseName) {
    return new Descriptor(Kind.INFO, baseName);
  }

  /** A histogram of bytes, not of durations. */
  Descriptor ofBytes() {
    buckets = Sizes.boundsBytes().length;
    return this;
  }

  /** Not of one channel: without the labels cluster and observer, which all others have. */
  Descriptor ofTheAgent() {
    labels.clear();
    return this;
  }

  /** Of a replicated cache, which may be on a node without a channel: the observer is left out. */
  Descriptor ofACache() {
    return ofACacheManager().by("cache");
  }

  Descriptor ofACacheManager() {
    labels.clear();
    return by("cluster").by("context").by("manager");
  }

  /**
   * One series for each value of a label.
   *
   * @param values all that there can be; none when they are not known beforehand
   */
  Descriptor by(String label, String... values) {
    labels.put(label, new LinkedHashSet<>(Arrays.asList(values)));
    return this;
  }

  /** One series for each value of a label, which are the constants' names in lower case. */
  Descriptor by(String label, Enum<?>[] values) {
    return by(label, Arrays.stream(values).map(Descriptor::label).toArray(String[]::new));
  }

  /** As a label writes a constant. */
  static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Labels that follow from the others; an info leaves out those that are unknown. */
  Descriptor with(String... names) {
    for (String label : names) {
      by(label);
      descriptive.add(label);
    }
    return this;
  }

  Descriptor observed(Observed by, Cost atTheCostOf) {
    observed = by;
    cost = atTheCostOf;
    return this;
  }

  Descriptor means(String sentences) {
    meaning = sentences;
    return this;
  }

  /** What a healthy cluster shows. */
  Descriptor good(String sentences) {
    good = sentences;
    return this;
  }

  /**
   * A healthy cluster has the series after some traffic.
   *
   * @param when behind "Absent": a passing state, or a choice other than the default
   */
  Descriptor absent(String when) {
    absence = "Absent " + when + ".";
    return this;
  }

  /**
   * A healthy cluster need not have the series.
   *
   * @param condition behind "Only": an option, or something wrong
   */
  Descriptor only(String condition) {
    absence = "Only " + condition + ".";
    conditional = true;
    return this;
  }

  /** All of it in one text, as exposed. */
  String help() {
    return meaning + (absence.isEmpty() ? "" : " " + absence) + " Good: " + good;
  }

  /** Whether a sample with these labels is one of this metric's. */
  boolean allows(Labels sample) {
    for (int i = 0; i < sample.size(); i++) {
      Set<String> values = labels.get(sample.getName(i));
      if (values == null || !(values.isEmpty() || values.contains(sample.getValue(i)))) {
        return false;
      }
    }
    for (String label : labels.keySet()) {
      boolean mayBeUnknown = kind == Kind.INFO && descriptive.contains(label);
      if (!mayBeUnknown && !sample.contains(label)) {
        return false;
      }
    }
    return true;
  }
}
