package io.tribescope.exporter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A real Apache httpd with mod_jk on a free loopback port, with files of its own and in the
 * foreground, so that it ends with this object. Its backend is a port on which nobody listens.
 */
final class ModJkServer implements AutoCloseable {
  private final Process process;
  private final int port;

  private ModJkServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param statusDirectives lines for the status worker, such as {@code user=nobody}
   */
  static ModJkServer start(Path root, String... statusDirectives) throws IOException {
    int port = freePort();
    int deadBackend = freePort();
    List<String> workers =
        new ArrayList<>(
            List.of(
                "worker.list=cluster,status",
                "worker.status.type=status",
                "worker.status.read_only=true",
                "worker.cluster.type=lb",
                "worker.cluster.balance_workers=node1",
                "worker.node1.type=ajp13",
                "worker.node1.host=127.0.0.1",
                "worker.node1.port=" + deadBackend,
                "worker.node1.socket_connect_timeout=1000"));
    for (String directive : statusDirectives) {
      workers.add("worker.status." + directive);
    }
    Files.write(root.resolve("workers.properties"), workers);
    Path configuration =
        Files.writeString(
            root.resolve("httpd.conf"),
            """
            ServerRoot "%1$s"
            ServerName localhost
            PidFile "%1$s/httpd.pid"
            Listen 127.0.0.1:%2$d
            ErrorLog "%1$s/error.log"
            LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
            LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
            LoadModule jk_module /usr/lib/apache2/modules/mod_jk.so
            User nobody
            Group nogroup
            JkWorkersFile "%1$s/workers.properties"
            JkLogFile "%1$s/jk.log"
            JkShmFile "%1$s/jk.shm"
            JkMount /jkstatus status
            JkMount /app/* cluster
            """
                .formatted(root, port));
    Process process =
        new ProcessBuilder("/usr/sbin/apache2", "-f", configuration.toString(), "-DFOREGROUND")
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("httpd.out").toFile())
            .start();
    try {
      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .failFast("httpd ended, see " + root.resolve("httpd.out"), () -> !process.isAlive())
          .until(() -> listens(port));
    } catch (RuntimeException | Error e) {
      process.destroy();
      throw e;
    }
    return new ModJkServer(process, port);
  }

  String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(port, path);
  }

  /** SIGTERM, on which httpd ends its children too. */
  @Override
  public void close() {
    process.destroy();
    Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> !process.isAlive());
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
