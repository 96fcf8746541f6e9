package io.tribescope.exporter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.exporter.model.FailureReason;
import io.tribescope.exporter.model.ModJkStatus;
import io.tribescope.exporter.model.Reading;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExporterServerTest {
  private static final int MAX_PROBES = 2;
  private static final HttpClient client = HttpClient.newHttpClient();
  private static final Reading UNDERSTOOD =
      new Reading.Understood(new ModJkStatus("mod_jk/1.2.48", "Apache", List.of(), List.of()));

  private final AtomicReference<@Nullable Duration> limit = new AtomicReference<>();
  private final CountDownLatch stuck = new CountDownLatch(1);
  private @Nullable ExporterServer server;

  @BeforeEach
  void start() throws Exception {
    ProbeTarget main =
        new ProbeTarget(
            "main",
            given -> {
              limit.set(given);
              return UNDERSTOOD;
            });
    ProbeTarget down =
        new ProbeTarget(
            "down", given -> new Reading.Failed(FailureReason.CONNECT, "no connection"));
    ProbeTarget broken =
        new ProbeTarget(
            "broken",
            given -> {
              throw new IllegalStateException("a defect");
            });
    ProbeTarget slow =
        new ProbeTarget(
            "slow",
            given -> {
              stuck.await();
              return UNDERSTOOD;
            });
    server =
        ExporterServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "1.2.3",
            List.of(main, down, broken, slow),
            Duration.ofSeconds(10),
            MAX_PROBES);
  }

  @AfterEach
  void stop() {
    stuck.countDown();
    if (server != null) {
      server.close();
    }
  }

  @Test
  void probeIsAScrapeOfTheTarget() throws Exception {
    HttpResponse<String> answer = get("/probe?target=main");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(contentType(answer)).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .contains("\nmodjk_up 1.0\n")
        .contains("modjk_info{version=\"mod_jk/1.2.48\",web_server=\"Apache\"} 1\n")
        .doesNotContain("tribescope_exporter");
  }

  @Test
  void failureIsAnAnswerToo() throws Exception {
    HttpResponse<String> answer = get("/probe?target=down");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\nmodjk_up 0.0\n")
        .contains("\nmodjk_scrape_failure{reason=\"connect\"} 1.0\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/probe, 400, Name one target",
    "/probe?target=main&target=down, 400, Name one target",
    "/probe?target=other, 404, No target has this alias",
    "/probe?target=http://127.0.0.1/jkstatus, 404, No target has this alias",
    "/probe?target=%3Cscript%3E, 404, No target has this alias",
    "/probe?target=, 404, No target has this alias",
    "/metricsandmore, 404, No such page",
    "/probe/x, 404, No such page"
  })
  void badRequestGetsOneClearLine(String path, int status, String line) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(contentType(answer)).isEqualTo("text/plain; charset=utf-8");
    assertThat(answer.body()).startsWith(line).endsWith("\n").hasLineCount(1);
    assertThat(answer.body()).doesNotContain("script", "127.0.0.1", "other");
  }

  @Test
  void honoursThePrometheusTimeout() throws Exception {
    get("/probe?target=main", "X-Prometheus-Scrape-Timeout-Seconds", "3");
    assertThat(limit.get()).isEqualTo(Duration.ofMillis(2500));

    get("/probe?target=main");
    assertThat(limit.get()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void negotiatesOpenMetrics() throws Exception {
    HttpResponse<String> answer =
        get("/probe?target=main", "Accept", "application/openmetrics-text; version=1.0.0");

    assertThat(contentType(answer)).startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(answer.body()).contains("# TYPE modjk info\n").endsWith("# EOF\n");
  }

  /** What Prometheus asks for first when native histograms are switched on. */
  @Test
  void negotiatesProtobuf() throws Exception {
    HttpResponse<String> answer =
        get(
            "/metrics",
            "Accept",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                + "encoding=delimited;q=0.6,text/plain;version=0.0.4;q=0.4");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(contentType(answer)).startsWith("application/vnd.google.protobuf");
    assertThat(answer.body()).contains("tribescope_exporter_build_info");
  }

  @Test
  void compressesForThoseWhoTakeIt() throws Exception {
    HttpResponse<byte[]> answer =
        client.send(
            request("/probe?target=main").header("Accept-Encoding", "gzip").build(),
            BodyHandlers.ofByteArray());

    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).contains("\nmodjk_up 1.0\n");
    }
  }

  @Test
  void ownMetricsAreOnTheirOwnPage() throws Exception {
    get("/probe?target=main");
    get("/probe?target=down");

    assertThat(get("/metrics").body())
        .contains("tribescope_exporter_build_info{")
        .contains("version=\"1.2.3\"")
        .contains("tribescope_exporter_probes_total{outcome=\"success\",target=\"main\"} 1.0\n")
        .contains("tribescope_exporter_probes_total{outcome=\"connect\",target=\"down\"} 1.0\n")
        .contains("tribescope_exporter_probes_total{outcome=\"timeout\",target=\"down\"} 0.0\n")
        .contains("tribescope_exporter_probes_running 0.0\n")
        .doesNotContain("modjk_");
  }

  @Test
  void landingPageLinksEveryTarget() throws Exception {
    HttpResponse<String> answer = get("/");

    assertThat(contentType(answer)).isEqualTo("text/html; charset=utf-8");
    assertThat(answer.body())
        .contains("<a href=\"/probe?target=main\">main</a>", "<a href=\"/probe?target=down\">")
        .contains("<a href=\"/metrics\">", "1.2.3");
  }

  @Test
  void onlyReads() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("/metrics").POST(HttpRequest.BodyPublishers.ofString("x")).build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void headHasNoBody() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("/-/healthy").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void defectInAProbeEndsTheRequestOnly() throws Exception {
    assertThat(get("/probe?target=broken").statusCode()).isEqualTo(500);
    assertThat(get("/probe?target=main").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").body()).contains("tribescope_exporter_probes_running 0.0\n");
  }

  @Test
  void tooManyProbesAreRefusedWhileTheRestIsServed() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> running =
        List.of(getLater("/probe?target=slow"), getLater("/probe?target=slow"));
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> get("/metrics").body().contains("tribescope_exporter_probes_running 2.0\n"));

    HttpResponse<String> refused = get("/probe?target=main");

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body())
        .isEqualTo("Too many probes at once; raise --max-probes or scrape less often\n");
    assertThat(get("/-/healthy").body()).isEqualTo("healthy\n");
    assertThat(get("/-/ready").body()).isEqualTo("ready\n");
    assertThat(get("/metrics").body()).contains("tribescope_exporter_probes_rejected_total 1.0\n");

    stuck.countDown();
    for (CompletableFuture<HttpResponse<String>> probe : running) {
      assertThat(probe.get(20, TimeUnit.SECONDS).body()).contains("\nmodjk_up 1.0\n");
    }
    assertThat(get("/probe?target=main").statusCode()).isEqualTo(200);
  }

  /** More requests than threads and queue together: none is dropped, none waits for ever. */
  @Test
  void requestsBeyondTheQueueAreAnswered() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> answers =
        java.util.stream.IntStream.range(0, 200)
            .mapToObj(i -> getLater("/probe?target=main"))
            .toList();

    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isIn(200, 503);
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("http-"))
        .hasSizeLessThanOrEqualTo(2 * (MAX_PROBES + 4));
  }

  private InetSocketAddress address() {
    return java.util.Objects.requireNonNull(server).address();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> getLater(String path) {
    return client.sendAsync(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d%s".formatted(address().getPort(), path)))
        .timeout(Duration.ofSeconds(60));
  }

  private static String contentType(HttpResponse<?> answer) {
    return answer.headers().firstValue("Content-Type").orElse("");
  }
}
