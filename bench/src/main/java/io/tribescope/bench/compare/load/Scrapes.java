package io.tribescope.bench.compare.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Scrapes agents as a Prometheus does: at once, and every 15 seconds until it is closed. What that
 * costs them is a part of what they cost.
 */
public final class Scrapes implements AutoCloseable {
  public static final Duration EVERY = Duration.ofSeconds(15);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> schedule;
  private final List<URI> agents;
  private final String mustPublish;

  /**
   * Begins.
   *
   * @param agents the addresses of their metrics; may be empty
   * @param mustPublish a metric that every scrape must hold
   */
  public Scrapes(List<URI> agents, String mustPublish) {
    this.agents = List.copyOf(agents);
    this.mustPublish = mustPublish;
    schedule = thread.scheduleAtFixedRate(this::scrape, 0, EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  /** A failure ends the schedule. */
  private void scrape() {
    try {
      for (URI agent : agents) {
        scrape(agent);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void scrape(URI agent) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(agent).timeout(EVERY).build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(agent + " answers a scrape with status " + answer.statusCode());
    }
    if (!answer.body().contains("\n" + mustPublish)) {
      throw new IOException(agent + " publishes no " + mustPublish + ": it observes nothing");
    }
  }

  /**
   * Sees whether what was measured was an agent that works.
   *
   * @throws IOException the first failure of a scrape, if one failed
   */
  public void check() throws IOException {
    if (!schedule.isDone()) {
      return;
    }
    try {
      schedule.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("a scrape failed: " + cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
