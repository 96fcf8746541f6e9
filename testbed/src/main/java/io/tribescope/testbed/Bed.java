package io.tribescope.testbed;

import io.tribescope.testbed.caches.Broker;
import io.tribescope.testbed.caches.CachesBuilder;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.network.BedRun;
import io.tribescope.testbed.network.Network;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.ClusterBuilder;
import io.tribescope.testbed.nodes.Database;
import io.tribescope.testbed.nodes.Httpd;
import io.tribescope.testbed.prometheus.Alertmanager;
import io.tribescope.testbed.prometheus.Exporter;
import io.tribescope.testbed.prometheus.PrometheusBuilder;
import io.tribescope.testbed.prometheus.Webhook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A test bed: a network, the servers on it, and a run directory with their files and logs. Closing
 * it ends all that it started; should this JVM be killed, its guardian does that.
 *
 * <pre>{@code
 * try (Bed bed = Bed.open("failover")) {
 *   Cluster cluster = bed.cluster().nodes(2).start();
 *   Session session = bed.client().create(cluster.node(1));
 *   ...
 * }
 * }</pre>
 *
 * <p>The logs always stay in the run directory; what is bulky (work directories, databases) goes
 * when the bed is closed, unless {@link #keep} was called or the system property {@code
 * tribescope.keep} is true. For use by one thread; what it hands out says itself what it allows.
 */
public final class Bed implements AutoCloseable {
  private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(10);

  private final BedRun run;

  private Bed(String name, boolean loopback) {
    this.run = new BedRun(name, loopback);
  }

  /**
   * Opens a bed whose hosts are network namespaces where that is possible, otherwise loopback.
   *
   * @param name begins the run directory's name
   */
  public static Bed open(String name) {
    return new Bed(name, false);
  }

  /** Opens a bed whose hosts are all 127.0.0.1. */
  public static Bed openOnLoopback(String name) {
    return new Bed(name, true);
  }

  /** The run directory. */
  public Path directory() {
    return run.directory();
  }

  /** Keeps all files when the bed is closed. */
  public void keep() {
    run.keep();
  }

  /** The network, made when it is first asked for. */
  public Network network() {
    return run.network();
  }

  /** Describes a cluster. */
  public ClusterBuilder cluster() {
    return cluster("cluster");
  }

  /**
   * Describes a cluster, one of several.
   *
   * @param name of its directory in the run directory
   */
  public ClusterBuilder cluster(String name) {
    return new ClusterBuilder(run, name);
  }

  /** Describes JVMs with replicated caches. */
  public CachesBuilder caches() {
    return caches("caches");
  }

  /**
   * Describes JVMs with replicated caches, several such perhaps.
   *
   * @param name of their directory in the run directory
   */
  public CachesBuilder caches(String name) {
    return new CachesBuilder(run, name);
  }

  /** Starts a message broker and returns when it serves. */
  public Broker broker() {
    return run.closeLater(
        new Broker(run.guardian(), run.network().addHost(), run.newDirectory("broker")));
  }

  /** Starts a database on a host of its own, and returns when it accepts connections. */
  public Database database() {
    return run.closeLater(
        new Database(run.guardian(), run.newDirectory("database"), run.network().addHost()));
  }

  /** Starts an httpd that balances over the cluster, with sticky sessions. */
  public Httpd httpd(Cluster cluster) {
    return httpd(cluster, Map.of());
  }

  /**
   * Starts an httpd that balances over the cluster.
   *
   * @param properties more for workers.properties, or other values than the test bed's, such as
   *     {@code worker.loadbalancer.sticky_session}, {@code false}
   */
  public Httpd httpd(Cluster cluster, Map<String, String> properties) {
    return run.closeLater(
        new Httpd(run.guardian(), run.newDirectory("httpd"), cluster, properties));
  }

  /**
   * Starts an exporter and returns when it is ready.
   *
   * @param arguments of its command line; the port it chooses itself
   */
  public Exporter exporter(Path jar, String... arguments) {
    return run.closeLater(
        new Exporter(run.guardian(), run.newDirectory("exporter"), jar, arguments));
  }

  /** Describes a Prometheus. */
  public PrometheusBuilder prometheus() {
    return new PrometheusBuilder(run);
  }

  /** Starts an Alertmanager that tells the webhook of every alert, by name and cluster, at once. */
  public Alertmanager alertmanager(Webhook webhook) {
    return alertmanager(Alertmanager.config(webhook));
  }

  /**
   * Starts an Alertmanager.
   *
   * @param config its configuration file
   */
  public Alertmanager alertmanager(String config) {
    return run.closeLater(
        new Alertmanager(run.guardian(), run.newDirectory("alertmanager"), config));
  }

  /** Starts a receiver of Alertmanager's notifications. */
  public Webhook webhook() {
    return run.closeLater(new Webhook(run.newDirectory("webhook")));
  }

  /** A client whose requests wait 10 s for their answer. */
  public Client client() {
    return client(CLIENT_TIMEOUT);
  }

  /** A client whose requests wait that long for their answer. */
  public Client client(Duration timeout) {
    return run.closeLater(new Client(timeout));
  }

  /** Ends everything, the last started first. */
  @Override
  public void close() {
    run.close();
  }

  BedRun run() {
    return run;
  }
}
