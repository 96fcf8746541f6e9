package io.tribescope.exporter.source.modjk;

import io.tribescope.exporter.model.FailureReason;
import io.tribescope.exporter.model.Reading;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a target's status worker over HTTP, with a single GET of a plain listing. Redirects are not
 * followed and proxies not used: what is asked is what was configured. Safe for use by many
 * threads.
 */
public final class StatusClient {
  /**
   * Few: they only look up the name and hand on what arrives. A look-up cannot be interrupted, and
   * may hang for longer than its probe; so each target has threads of its own, that a name server
   * which does not answer for one leaves the others alone.
   */
  private static final int THREADS = 2;

  private final HttpClient client;
  private final int maxBytes;
  private final boolean mappings;

  /**
   * @param alias of the target, for the names of threads
   * @param tls the certificates to trust
   * @param maxBytes a longer answer is refused
   * @param mappings whether to ask for URI mappings
   */
  public StatusClient(String alias, SSLContext tls, int maxBytes, boolean mappings) {
    this.client =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .sslContext(tls)
            .executor(threads(alias))
            .build();
    this.maxBytes = maxBytes;
    this.mappings = mappings;
  }

  /**
   * Reads one status. Every failure is an answer, not an exception.
   *
   * @param credentials sent at once, as mod_jk's web server would ask for them anyway
   * @param limit for everything, from the connection to the last byte
   * @throws InterruptedException when the waiting thread is interrupted; the request is given up
   */
  public Reading read(StatusUrl url, @Nullable Credentials credentials, Duration limit)
      throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url.request(mappings)).GET();
    request.header("Accept", "text/xml");
    request.header("User-Agent", "tribescope-exporter");
    if (credentials != null) {
      request.header("Authorization", credentials.header());
    }
    AtomicInteger httpStatus = new AtomicInteger();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request.build(),
            head -> {
              httpStatus.set(head.statusCode());
              // The page that explains another status is not wanted.
              return new BoundedBody(head.statusCode() == 200 ? maxBytes : 0);
            });
    try {
      byte[] body = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS).body();
      return httpStatus.get() == 200 ? parse(body) : refused(httpStatus.get());
    } catch (TimeoutException e) {
      return failed(
          FailureReason.TIMEOUT,
          "no whole answer within %.1f s".formatted(limit.toMillis() / 1000.0));
    } catch (ExecutionException e) {
      return failure(e.getCause() == null ? e : e.getCause(), httpStatus.get());
    } finally {
      // Also hangs up on a server that goes on sending; without effect once the answer is whole.
      answer.cancel(true);
    }
  }

  private static Reading parse(byte[] body) {
    try {
      return new Reading.Understood(StatusParser.parse(body));
    } catch (UnreadableStatusException e) {
      return new Reading.Failed(e.reason(), e.detail());
    }
  }

  private static Reading refused(int httpStatus) {
    return switch (httpStatus) {
      case 401 ->
          failed(
              FailureReason.DENIED,
              "HTTP status 401: the web server wants a user and password it accepts");
      case 403 ->
          failed(
              FailureReason.DENIED,
              "HTTP status 403: the web server's access rules refuse this host or user");
      case 301, 302, 303, 307, 308 ->
          failed(
              FailureReason.HTTP,
              "HTTP status %d, a redirect, which is not followed: configure the final URL"
                  .formatted(httpStatus));
      default ->
          failed(
              FailureReason.HTTP,
              "HTTP status %d; is this the URL of a mod_jk status worker?".formatted(httpStatus));
    };
  }

  private Reading failure(Throwable cause, int httpStatus) {
    if (httpStatus != 0 && httpStatus != 200) {
      return refused(httpStatus);
    }
    if (cause instanceof BoundedBody.TooLongException) {
      return failed(
          FailureReason.TRUNCATED,
          "the answer is longer than %d bytes; raise --max-bytes if it is right"
              .formatted(maxBytes));
    }
    if (httpStatus == 200) {
      return failed(FailureReason.TRUNCATED, "the connection was lost in the middle of the answer");
    }
    if (cause instanceof SSLException) {
      return failed(FailureReason.TLS, "no trusted TLS connection: " + cause.getMessage());
    }
    if (cause instanceof ProtocolException) {
      return failed(FailureReason.HTTP, "the answer is not HTTP");
    }
    return failed(FailureReason.CONNECT, "no connection: " + describe(cause));
  }

  /** The JDK's client leaves the message of a refused connection and an unknown name empty. */
  private static String describe(Throwable cause) {
    if (cause.getCause() instanceof UnresolvedAddressException
        || cause instanceof UnresolvedAddressException) {
      return "the host's name is unknown";
    }
    return cause.getMessage() == null ? "refused or unreachable" : cause.getMessage();
  }

  private static Reading failed(FailureReason reason, String detail) {
    return new Reading.Failed(reason, detail);
  }

  private static ExecutorService threads(String alias) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        THREADS,
        task -> {
          Thread thread = new Thread(task, "modjk-" + alias + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
