package io.tribescope.bench.compare.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits, from before a server is started, for the first answer with status 200. */
public final class FirstAnswer {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(5);

  private final long begin = System.nanoTime();
  private final CompletableFuture<Long> answered;

  /**
   * Begins to ask, and the clock begins to run.
   *
   * @param path of a page that touches no session
   */
  public FirstAnswer(URI server, String path) {
    byte[] request = Connection.request(server, path, "").getBytes(ISO_8859_1);
    answered = CompletableFuture.supplyAsync(() -> await(server, request));
  }

  private long await(URI server, byte[] request) {
    IOException last;
    do {
      // A server that has bound its port and does not serve yet keeps the request until it does.
      try (Connection connection = new Connection(server, LIMIT)) {
        String answer = connection.exchange(request);
        if (Connection.isOk(answer)) {
          return System.nanoTime();
        }
        last = new IOException(Connection.statusLine(answer));
      } catch (IOException e) {
        last = e;
      }
      LockSupport.parkNanos(POLL.toNanos());
    } while (System.nanoTime() - begin < LIMIT.toNanos());
    throw new CompletionException("no answer with status 200 from " + server, last);
  }

  /**
   * The seconds from the making of this object to the answer; waits for it.
   *
   * @throws UncheckedIOException when there is none within two minutes
   */
  public double seconds() {
    try {
      long end = answered.orTimeout(2 * LIMIT.toSeconds(), TimeUnit.SECONDS).join();
      return (end - begin) / 1e9;
    } catch (CompletionException e) {
      throw new UncheckedIOException(e.getMessage(), new IOException(e));
    }
  }
}
