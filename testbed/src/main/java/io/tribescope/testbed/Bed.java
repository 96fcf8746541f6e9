package io.tribescope.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
  private static final List<String> BULKY = List.of("temp", "work", "webapps", "data");

  private final Path directory;
  private final boolean loopback;
  private final String networkName = NamespaceNetwork.newName();
  private final Guardian guardian;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private @Nullable Network network;
  private boolean keep = Boolean.getBoolean("tribescope.keep");
  private boolean closed;

  private Bed(String name, boolean loopback) {
    this.loopback = loopback;
    this.directory = newDirectory(beds(), name + "-");
    // Whatever goes wrong from here on, its logs can be found.
    System.err.println("Test bed: " + directory);
    this.guardian = new Guardian(loopback ? "" : networkName, directory.resolve("guardian.log"));
    closeLater(guardian);
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
    return directory;
  }

  /** Keeps all files when the bed is closed. */
  public void keep() {
    keep = true;
  }

  /** The network, made when it is first asked for. */
  public Network network() {
    if (network == null) {
      network = newNetwork();
    }
    return network;
  }

  private Network newNetwork() {
    if (loopback) {
      return new LoopbackNetwork("this bed was opened on loopback");
    }
    if (!Command.isRoot()) {
      return new LoopbackNetwork("run as root");
    }
    Finished tools = Command.run(null, List.of("sh", "-c", "command -v ip && command -v iptables"));
    if (tools.exitCode() != 0) {
      return new LoopbackNetwork("install the packages iproute2 and iptables");
    }
    try {
      return new NamespaceNetwork(networkName);
    } catch (TestBedException refused) {
      return new LoopbackNetwork("this machine does not allow them: " + refused.getMessage());
    }
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
    return new ClusterBuilder(this, name);
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
    return new CachesBuilder(this, name);
  }

  /** Starts a message broker and returns when it serves. */
  public Broker broker() {
    return closeLater(new Broker(guardian, network().addHost(), newDirectory("broker")));
  }

  /** Starts a database on a host of its own, and returns when it accepts connections. */
  public Database database() {
    return closeLater(new Database(guardian, newDirectory("database"), network().addHost()));
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
    return closeLater(new Httpd(guardian, newDirectory("httpd"), cluster, properties));
  }

  /**
   * Starts an exporter and returns when it is ready.
   *
   * @param arguments of its command line; the port it chooses itself
   */
  public Exporter exporter(Path jar, String... arguments) {
    return closeLater(new Exporter(guardian, newDirectory("exporter"), jar, arguments));
  }

  /** Describes a Prometheus. */
  public PrometheusBuilder prometheus() {
    return new PrometheusBuilder(this);
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
    return closeLater(new Alertmanager(guardian, newDirectory("alertmanager"), config));
  }

  /** Starts a receiver of Alertmanager's notifications. */
  public Webhook webhook() {
    return closeLater(new Webhook(newDirectory("webhook")));
  }

  /** A client whose requests wait 10 s for their answer. */
  public Client client() {
    return client(CLIENT_TIMEOUT);
  }

  /** A client whose requests wait that long for their answer. */
  public Client client(Duration timeout) {
    return closeLater(new Client(timeout));
  }

  /** Ends everything, the last started first. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    RuntimeException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new TestBedException("the test bed in " + directory + " did not close", e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (!keep && failure == null) {
      deleteBulky();
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void deleteBulky() {
    try {
      List<Path> bulky;
      try (Stream<Path> walk = Files.walk(directory)) {
        bulky = walk.filter(path -> BULKY.contains(path.getFileName().toString())).toList();
      }
      for (Path path : bulky) {
        Trees.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes something with the bed, before all that was opened earlier. */
  <T extends AutoCloseable> T closeLater(T closeable) {
    open.push(closeable);
    return closeable;
  }

  Guardian guardian() {
    return guardian;
  }

  /** The bridge's name and the prefix of the namespaces. */
  String networkName() {
    return networkName;
  }

  /** Makes a directory in the run directory for one of the bed's parts. */
  Path newDirectory(String part) {
    Path made = directory.resolve(part);
    try {
      return Files.createDirectory(made);
    } catch (FileAlreadyExistsException e) {
      return newDirectory(directory, part + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newDirectory(Path parent, String prefix) {
    try {
      Files.createDirectories(parent);
      for (int number = 1; ; number++) {
        try {
          return Files.createDirectory(parent.resolve(prefix + number));
        } catch (FileAlreadyExistsException taken) {
          // Perhaps by a bed that was opened this moment: the next number is tried.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory in " + parent, e);
    }
  }

  /** Where run directories are made: testbed/target/beds of the checkout, whatever the module. */
  private static Path beds() {
    return Checkout.path("testbed/target/beds");
  }
}
