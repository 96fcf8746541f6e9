package io.tribescope.testbed.demo;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Httpd;
import io.tribescope.testbed.prometheus.Alertmanager;
import io.tribescope.testbed.prometheus.Exporter;
import io.tribescope.testbed.prometheus.Prometheus;
import io.tribescope.testbed.prometheus.Webhook;
import java.util.Optional;

/**
 * All that runs. What this machine does not have is empty: httpd and with it the exporter,
 * Prometheus, Alertmanager.
 *
 * @param users the client of the steady load
 */
record Stage(
    Bed bed,
    Cluster cluster,
    Client users,
    Optional<Httpd> httpd,
    Optional<Exporter> exporter,
    Webhook webhook,
    Optional<Alertmanager> alertmanager,
    Optional<Prometheus> prometheus) {
  /** The agents' option {@code cluster}, and so the label of every series. */
  static final String CLUSTER = "demo";

  /** The exporter's alias of httpd. */
  static final String TARGET = "main";

  /** What the exporter says of httpd's mod_jk, as a path. */
  static final String PROBE = "/probe?target=" + TARGET;
}
