package io.tribescope.bench.compare.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * Users who saturate a Tomcat: on each connection a request follows the last one's answer at once.
 * The sessions are created with it and live as long as it does.
 */
public final class SessionLoad implements AutoCloseable {
  public static final int CONNECTIONS = 8;
  public static final int SESSIONS_A_CONNECTION = 25;
  public static final int SESSIONS = CONNECTIONS * SESSIONS_A_CONNECTION;

  private static final Pattern HELD = Pattern.compile("\"held\":true,\"value\":\"\\d+\"");

  private final List<Users> users = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

  /**
   * Connects and creates the sessions.
   *
   * @throws UncheckedIOException when that does not succeed
   */
  public SessionLoad(URI application) {
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        users.add(new Users(application, SESSIONS_A_CONNECTION));
      }
    } catch (IOException e) {
      close();
      throw new UncheckedIOException("no load on " + application + ": " + e.getMessage(), e);
    }
  }

  /**
   * Makes requests for so long.
   *
   * @throws UncheckedIOException when a single one fails
   */
  public LoadResult run(Duration duration) {
    long begin = System.nanoTime();
    long end = begin + duration.toNanos();
    List<Callable<Histogram>> tasks = new ArrayList<>();
    users.forEach(some -> tasks.add(() -> some.writeUntil(end)));
    Histogram all = new Histogram(3);
    try {
      for (Future<Histogram> done : threads.invokeAll(tasks)) {
        all.add(done.get());
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UncheckedIOException(
          "the load broke off: " + cause.getMessage(), new IOException(cause));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted under load", e);
    }
    return new LoadResult((System.nanoTime() - begin) / 1e9, all);
  }

  /**
   * Looks whether a Tomcat that gets the replicas holds every session with a value.
   *
   * <p>Not with the last one: Tomcat sends by several connections, which the receiver reads one
   * after the other, so a saturated one applies changes out of order. Seen with half of the
   * sessions.
   *
   * @throws IOException when it does not
   */
  public void checkReplicas(URI receiver) throws IOException {
    List<String> ids = users.stream().flatMap(some -> some.ids().stream()).toList();
    try (Connection connection = new Connection(receiver, Users.TIMEOUT)) {
      int held = 0;
      for (String id : ids) {
        String target = receiver.getPath() + "/peek?k=" + Users.KEY + "&id=" + id;
        String request = Connection.request(receiver, target, "");
        held += HELD.matcher(connection.exchange(request.getBytes(ISO_8859_1))).find() ? 1 : 0;
      }
      if (held < ids.size()) {
        throw new IOException(
            "the receiver holds %d sessions of %d: they are not replicated"
                .formatted(held, ids.size()));
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    for (Users some : users) {
      try {
        some.close();
      } catch (IOException e) {
        // The connection is gone either way.
      }
    }
  }
}
