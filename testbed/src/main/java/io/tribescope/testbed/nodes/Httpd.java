package io.tribescope.testbed.nodes;

import io.tribescope.testbed.clients.Endpoint;
import io.tribescope.testbed.clients.Http;
import io.tribescope.testbed.machine.Command;
import io.tribescope.testbed.machine.Guardian;
import io.tribescope.testbed.machine.Server;
import io.tribescope.testbed.machine.TestBedException;
import io.tribescope.testbed.network.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A real Apache httpd with mod_jk in front of a cluster, on 127.0.0.1. Its balancer is called
 * {@code loadbalancer}, its workers like the nodes.
 */
public final class Httpd implements Endpoint, AutoCloseable {
  private static final Path BINARY = Path.of("/usr/sbin/apache2");
  private static final Path MODULES = Path.of("/usr/lib/apache2/modules");
  private static final Duration STOP = Duration.ofSeconds(30);

  private final int port = Ports.free();
  private final Server server;
  private final Http http = new Http(Duration.ofSeconds(10));

  /**
   * Starts it and returns when it is ready.
   *
   * @param properties more for workers.properties, or other values than the bed's
   */
  public Httpd(Guardian guardian, Path directory, Cluster cluster, Map<String, String> properties) {
    if (!Files.exists(BINARY) || !Files.exists(MODULES.resolve("mod_jk.so"))) {
      throw new TestBedException(
          "no httpd with mod_jk: install the packages apache2 and libapache2-mod-jk");
    }
    try {
      Files.writeString(directory.resolve("httpd.conf"), config());
      Files.writeString(
          directory.resolve("workers.properties"), workers(cluster.nodes(), properties));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the files of httpd", e);
    }
    this.server =
        new Server(
            "httpd",
            guardian,
            directory,
            directory.resolve("httpd.log"),
            Map.of(),
            List.of(
                BINARY.toString(),
                "-d",
                directory.toString(),
                "-f",
                directory.resolve("httpd.conf").toString(),
                "-DFOREGROUND"));
    http.awaitReady(server, URI.create(status() + "?mime=prop"));
  }

  private String config() {
    // A mutex of threads is memory only: it leaves nothing on the machine after SIGKILL.
    // One child for good, with its one pool of connections to each Tomcat: by default httpd starts
    // another a second later.
    return """
        ServerName 127.0.0.1
        Listen 127.0.0.1:%1$d
        PidFile httpd.pid
        DefaultRuntimeDir .
        Mutex pthread
        ErrorLog httpd.log
        LoadModule mpm_event_module %2$s/mod_mpm_event.so
        LoadModule authz_core_module %2$s/mod_authz_core.so
        LoadModule authz_host_module %2$s/mod_authz_host.so
        LoadModule jk_module %2$s/mod_jk.so
        %4$s
        StartServers 1
        ServerLimit 1
        ThreadsPerChild 64
        MaxRequestWorkers 64
        MinSpareThreads 1
        MaxSpareThreads 65
        KeepAliveTimeout 600
        MaxKeepAliveRequests 0
        JkWorkersFile workers.properties
        JkLogFile mod_jk.log
        JkLogLevel info
        JkShmFile mod_jk.shm
        JkMount %3$s loadbalancer
        JkMount %3$s/* loadbalancer
        JkMount /jkstatus status
        JkMount /jkstatus-read-only readonly
        """
        .formatted(
            port,
            MODULES,
            Webapp.CONTEXT_PATH,
            // The user of Debian's package; httpd refuses to serve as root.
            Command.isRoot() ? "User www-data\nGroup www-data" : "");
  }

  static String workers(List<Node> nodes, Map<String, String> properties) {
    Map<String, String> all = new TreeMap<>();
    all.put("worker.list", "loadbalancer,status,readonly");
    // The defaults of a minute are for machines that live longer than a test.
    all.put("worker.maintain", "5");
    all.put("worker.status.type", "status");
    all.put("worker.readonly.type", "status");
    all.put("worker.readonly.read_only", "true");
    all.put("worker.loadbalancer.type", "lb");
    all.put("worker.loadbalancer.sticky_session", "true");
    all.put("worker.loadbalancer.recover_time", "5");
    all.put(
        "worker.loadbalancer.balance_workers",
        nodes.stream().map(Node::name).collect(Collectors.joining(",")));
    for (Node node : nodes) {
      String worker = "worker." + node.name() + ".";
      all.put(worker + "type", "ajp13");
      all.put(worker + "host", node.address());
      all.put(worker + "port", Integer.toString(node.ajpPort()));
      all.put(worker + "ping_mode", "A");
      all.put(worker + "ping_timeout", "2000");
      all.put(worker + "socket_connect_timeout", "2000");
    }
    all.putAll(properties);
    return all.entrySet().stream()
        .map(property -> property.getKey() + "=" + property.getValue() + "\n")
        .collect(Collectors.joining());
  }

  @Override
  public URI application() {
    return URI.create("http://127.0.0.1:" + port + Webapp.CONTEXT_PATH);
  }

  /** The status worker, which can also change the balancer. */
  public URI status() {
    return URI.create("http://127.0.0.1:" + port + "/jkstatus");
  }

  /** The status worker that refuses changes. */
  public URI statusReadOnly() {
    return URI.create("http://127.0.0.1:" + port + "/jkstatus-read-only");
  }

  /** The status worker's XML. */
  public String statusXml() {
    return http.get(URI.create(statusReadOnly() + "?mime=xml"));
  }

  /** Stops it at once but in order (SIGTERM). */
  public void stop() {
    server.terminate(STOP);
  }

  @Override
  public void close() {
    server.close();
  }
}
