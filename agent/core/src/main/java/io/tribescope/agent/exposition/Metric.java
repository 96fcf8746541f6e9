package io.tribescope.agent.exposition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A metric of the agent's own; one enum for each subject holds them. Who adds one writes the
 * document anew; {@code MetricsDocumentTest} says how.
 */
interface Metric {
  /** What it is called, how it is labelled, what it means and costs. */
  Descriptor descriptor();

  /** Every metric, in the order of the document that is made of them. Unmodifiable. */
  static List<Metric> all() {
    List<Metric> all = new ArrayList<>();
    for (Metric[] ofOneSubject :
        Arrays.<Metric[]>asList(
            ClusterMetric.values(),
            SessionMetric.values(),
            CacheMetric.values(),
            DataSourceMetric.values(),
            AgentMetric.values())) {
      Collections.addAll(all, ofOneSubject);
    }
    return Collections.unmodifiableList(all);
  }

  /** What is exposed of it. */
  enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    INFO
  }
}
