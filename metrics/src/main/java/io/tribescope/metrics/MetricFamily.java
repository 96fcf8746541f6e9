package io.tribescope.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The declaration of a metric: what it is called, how it is labelled, what it means, what a healthy
 * system shows and what the figure costs. Declared as a constant, in a class for each subject:
 *
 * <pre>{@code
 * static final MetricFamily FAILURES =
 *     counter("tomcat_cluster_send_failures_total", AgentCost.COUNTED, "cluster", "observer")
 *         .by("reason", SendFailure.values())
 *         .means("Messages not completed.")
 *         .good("0.");
 * }</pre>
 *
 * Immutable. Two declarations are never equal.
 */
public final class MetricFamily {
  /** What Prometheus calls the type of a metric. */
  public enum Type {
    COUNTER("_total"),
    GAUGE(""),
    HISTOGRAM(""),
    INFO("_info");

    private final String suffix;

    Type(String suffix) {
      this.suffix = suffix;
    }
  }

  /** One label of each series. Immutable. */
  public static final class Label {
    private final String name;
    private final Set<String> values;
    private final boolean descriptive;

    private Label(String name, Set<String> values, boolean descriptive) {
      this.name = name;
      this.values = Collections.unmodifiableSet(values);
      this.descriptive = descriptive;
    }

    public String name() {
      return name;
    }

    /** All that there can be, in their order; none when they are not known beforehand. */
    public Set<String> values() {
      return values;
    }

    /** Whether it follows from the other labels, and so makes no series more. */
    public boolean isDescriptive() {
      return descriptive;
    }
  }

  private final String name;
  private final Type type;
  private final int buckets;
  private final List<Label> labels;
  private final List<String> hooks;
  private final Cost cost;
  private final String meaning;
  private final String absence;
  private final String good;

  private MetricFamily(Declaration declared, String good) {
    name = declared.name;
    type = declared.type;
    buckets = declared.buckets;
    labels = Collections.unmodifiableList(new ArrayList<>(declared.labels));
    hooks = declared.hooks;
    cost = declared.cost;
    meaning = declared.meaning;
    absence = declared.absence;
    this.good = good;
  }

  /**
   * @param name with {@code _total}
   * @param labels one series for each value of each
   */
  public static Declaration counter(String name, Cost cost, String... labels) {
    return new Declaration(name, Type.COUNTER, 0, cost, labels);
  }

  /**
   * @param labels one series for each value of each
   */
  public static Declaration gauge(String name, Cost cost, String... labels) {
    return new Declaration(name, Type.GAUGE, 0, cost, labels);
  }

  /**
   * @param buckets how many, the one without a bound included
   * @param labels one series for each value of each
   */
  public static Declaration histogram(String name, int buckets, Cost cost, String... labels) {
    return new Declaration(name, Type.HISTOGRAM, buckets, cost, labels);
  }

  /**
   * @param name with {@code _info}
   * @param labels one series for each value of each
   */
  public static Declaration info(String name, Cost cost, String... labels) {
    return new Declaration(name, Type.INFO, 0, cost, labels);
  }

  /** As exposed, with the suffix of its type ({@code _total}, {@code _info}). */
  public String name() {
    return name;
  }

  /** Without that suffix: Prometheus' library adds it. */
  String baseName() {
    return name.endsWith(type.suffix)
        ? name.substring(0, name.length() - type.suffix.length())
        : name;
  }

  public Type type() {
    return type;
  }

  /** Of a histogram, the one without a bound included; of all others 0. */
  public int buckets() {
    return buckets;
  }

  /** In their order. */
  public List<Label> labels() {
    return labels;
  }

  /**
   * The names of the hooks without which the figure is not known; none where it is asked for at the
   * scrape.
   */
  public List<String> hooks() {
    return hooks;
  }

  public Cost cost() {
    return cost;
  }

  /** Sentences. */
  public String meaning() {
    return meaning;
  }

  /** A sentence on when there is no series; empty for always. */
  public String absence() {
    return absence;
  }

  /** What a healthy system shows. */
  public String good() {
    return good;
  }

  /** All of it in one text, as exposed. */
  public String help() {
    return meaning + (absence.isEmpty() ? "" : " " + absence) + " Good: " + good;
  }

  /**
   * Whether a sample with these labels is one of this family's: it has all labels, and only values
   * that are declared. An info may leave out a descriptive label that is unknown.
   */
  boolean allows(Labels sample) {
    int found = 0;
    for (Label label : labels) {
      String value = sample.get(label.name);
      if (value != null) {
        found++;
        if (!label.values.isEmpty() && !label.values.contains(value)) {
          return false;
        }
      } else if (type != Type.INFO || !label.descriptive) {
        return false;
      }
    }
    return found == sample.size();
  }

  @Override
  public String toString() {
    return name;
  }

  /** A family that is being declared; ends with {@link #good}. */
  public static final class Declaration {
    private final String name;
    private final Type type;
    private final int buckets;
    private final List<Label> labels = new ArrayList<>();
    private List<String> hooks = Collections.emptyList();
    private Cost cost;
    private String meaning = "";
    private String absence = "";

    private Declaration(String name, Type type, int buckets, Cost cost, String... labels) {
      this.name = name;
      this.type = type;
      this.buckets = buckets;
      this.cost = cost;
      for (String label : labels) {
        by(label);
      }
    }

    /**
     * One series for each value of a label.
     *
     * @param values all that there can be; none when they are not known beforehand
     */
    public Declaration by(String label, String... values) {
      labels.add(new Label(label, new LinkedHashSet<>(Arrays.asList(values)), false));
      return this;
    }

    /** One series for each constant of an enum, written as {@link LabelValue} does. */
    public Declaration by(String label, Enum<?>[] constants) {
      return by(label, Arrays.stream(constants).map(LabelValue::of).toArray(String[]::new));
    }

    /** Labels that follow from the others. */
    public Declaration with(String... descriptive) {
      for (String label : descriptive) {
        labels.add(new Label(label, Collections.emptySet(), true));
      }
      return this;
    }

    /**
     * The figure is left out of a scrape while one of these hooks is broken.
     *
     * @param hooks their names
     * @param cost of what they do for it
     */
    public Declaration observed(List<String> hooks, Cost cost) {
      this.hooks = Collections.unmodifiableList(new ArrayList<>(hooks));
      this.cost = cost;
      return this;
    }

    public Declaration means(String sentences) {
      meaning = sentences;
      return this;
    }

    /**
     * A healthy system has the series, at the latest after some traffic.
     *
     * @param when behind "Absent": a passing state, or a choice other than the default
     */
    public Declaration absent(String when) {
      absence = "Absent " + when + ".";
      return this;
    }

    /**
     * A healthy system need not have the series.
     *
     * @param condition behind "Only": an option, or something wrong
     */
    public Declaration only(String condition) {
      absence = "Only " + condition + ".";
      return this;
    }

    /**
     * Ends the declaration.
     *
     * @param sentences what a healthy system shows
     */
    public MetricFamily good(String sentences) {
      return new MetricFamily(this, sentences);
    }
  }
}
