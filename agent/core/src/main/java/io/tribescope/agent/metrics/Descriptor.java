package io.tribescope.agent.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.metrics.Metric.Kind;
import io.tribescope.agent.recording.Durations;
import io.tribescope.agent.recording.Sizes;
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
public final class Descriptor {
  public final Kind kind;

  /** Without the suffixes {@code _total} and {@code _info}, which the exposition adds. */
  public final String baseName;

  /** Labels of each series, in their order, with their values where these are known beforehand. */
  public final Map<String, Set<String>> labels = new LinkedHashMap<>();

  /** Of the labels those that make no series more: they follow from the others. */
  public final Set<String> descriptive = new LinkedHashSet<>();

  /** Of a histogram, the infinite one included. */
  public int buckets = Durations.boundsSeconds().length;

  public Observed observed = Observed.AT_SCRAPE;
  public Cost cost = Cost.READ;
  public String meaning = "";
  public String good = "";

  /** A sentence on when there is no series; empty for always. */
  public String absence = "";

  /** Whether the series is there only under a condition that a healthy cluster need not fulfil. */
  public boolean conditional;

  private Descriptor(Kind kind, String baseName) {
    this.kind = kind;
    this.baseName = baseName;
    by("cluster").by("observer");
  }

  /**
   * @param baseName without {@code _total}
   */
  public static Descriptor counter(String baseName) {
    return new Descriptor(Kind.COUNTER, baseName);
  }

  public static Descriptor gauge(String name) {
    return new Descriptor(Kind.GAUGE, name);
  }

  /** Of durations, in seconds. */
  public static Descriptor histogram(String name) {
    return new Descriptor(Kind.HISTOGRAM, name);
  }

  /**
   * @param baseName without {@code _info}
   */
  public static Descriptor info(String baseName) {
    return new Descriptor(Kind.INFO, baseName);
  }

  /** A histogram of bytes, not of durations. */
  public Descriptor ofBytes() {
    buckets = Sizes.boundsBytes().length;
    return this;
  }

  /** Not of one channel: without the labels cluster and observer, which all others have. */
  public Descriptor ofTheAgent() {
    labels.clear();
    return this;
  }

  /** Of a replicated cache, which may be on a node without a channel: the observer is left out. */
  public Descriptor ofACache() {
    return ofACacheManager().by("cache");
  }

  public Descriptor ofACacheManager() {
    labels.clear();
    return by("cluster").by("context").by("manager");
  }

  /**
   * One series for each value of a label.
   *
   * @param values all that there can be; none when they are not known beforehand
   */
  public Descriptor by(String label, String... values) {
    labels.put(label, new LinkedHashSet<>(Arrays.asList(values)));
    return this;
  }

  /** One series for each value of a label, which are the constants' names in lower case. */
  public Descriptor by(String label, Enum<?>[] values) {
    return by(label, Arrays.stream(values).map(Descriptor::label).toArray(String[]::new));
  }

  /** As a label writes a constant. */
  public static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Labels that follow from the others; an info leaves out those that are unknown. */
  public Descriptor with(String... names) {
    for (String label : names) {
      by(label);
      descriptive.add(label);
    }
    return this;
  }

  public Descriptor observed(Observed by, Cost atTheCostOf) {
    observed = by;
    cost = atTheCostOf;
    return this;
  }

  public Descriptor means(String sentences) {
    meaning = sentences;
    return this;
  }

  /** What a healthy cluster shows. */
  public Descriptor good(String sentences) {
    good = sentences;
    return this;
  }

  /**
   * A healthy cluster has the series after some traffic.
   *
   * @param when behind "Absent": a passing state, or a choice other than the default
   */
  public Descriptor absent(String when) {
    absence = "Absent " + when + ".";
    return this;
  }

  /**
   * A healthy cluster need not have the series.
   *
   * @param condition behind "Only": an option, or something wrong
   */
  public Descriptor only(String condition) {
    absence = "Only " + condition + ".";
    conditional = true;
    return this;
  }

  /** All of it in one text, as exposed. */
  public String help() {
    return meaning + (absence.isEmpty() ? "" : " " + absence) + " Good: " + good;
  }

  /** Whether a sample with these labels is one of this metric's. */
  public boolean allows(Labels sample) {
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
