package io.tribescope.exporter.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The exporter's HTTP server. Threads, waiting requests, connections and the time that a client may
 * take are all bounded. Safe for use by many threads.
 */
public final class ExporterServer implements AutoCloseable {
  /** Beyond those that probe: for metrics, health, and refusing a probe too many. */
  private static final int SPARE_THREADS = 4;

  private static final int WAITING_REQUESTS = 64;

  /** Longer than any probe; see {@link #MAX_PROBE}. */
  private static final int MAX_ANSWER_SECONDS = 150;

  /** The greatest limit that a probe may be given. */
  public static final Duration MAX_PROBE = Duration.ofMinutes(2);

  static {
    // The JDK's server waits for ever for a slow client unless told otherwise, and takes any number
    // of them. It reads these once, when its class is loaded (jdk.httpserver's documentation).
    setUnlessSet("sun.net.httpserver.maxReqTime", "10");
    setUnlessSet("sun.net.httpserver.maxRspTime", String.valueOf(MAX_ANSWER_SECONDS));
    setUnlessSet("jdk.httpserver.maxConnections", "256");
  }

  private final HttpServer server;
  private final ThreadPoolExecutor threads;

  private ExporterServer(HttpServer server, ThreadPoolExecutor threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts serving.
   *
   * @param version shown to users
   * @param timeout for a probe when Prometheus does not wait for less
   * @param maxProbes at once; further ones are refused
   * @throws IOException when the address cannot be listened on
   */
  public static ExporterServer start(
      InetSocketAddress address,
      String version,
      List<ProbeTarget> targets,
      Duration timeout,
      int maxProbes)
      throws IOException {
    Probes probes = new Probes(targets, maxProbes);
    HttpServer server = HttpServer.create(address, WAITING_REQUESTS);
    ThreadPoolExecutor threads = threads(maxProbes + SPARE_THREADS);
    server.setExecutor(threads);
    server.createContext("/", new Router(version, probes, new ProbeHandler(probes, timeout)));
    server.start();
    return new ExporterServer(server, threads);
  }

  /** Where it listens; tells the port when 0 was asked for. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Stops at once; a scrape that is cut is repeated by Prometheus. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /**
   * When all threads are busy and the queue is full, the thread that takes connections in serves
   * the request itself: others wait at the door. A rejected request would leave its connection open
   * without an answer, as the JDK's server does not expect an executor to reject.
   */
  private static ThreadPoolExecutor threads(int count) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            60,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_REQUESTS),
            task -> {
              Thread thread = new Thread(task, "http-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.CallerRunsPolicy());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
