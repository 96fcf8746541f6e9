package io.tribescope.exporter.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tribescope.exporter.model.Activation;
import io.tribescope.exporter.model.Balancer;
import io.tribescope.exporter.model.FailureReason;
import io.tribescope.exporter.model.Mapping;
import io.tribescope.exporter.model.Member;
import io.tribescope.exporter.model.ModJkStatus;
import io.tribescope.exporter.model.Reading;
import io.tribescope.exporter.model.StandaloneWorker;
import io.tribescope.exporter.model.Worker;
import io.tribescope.exporter.model.WorkerState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModJkSamplesTest {

  /** The whole text, which dashboards and rules rely on: names, labels, help, values. */
  @Test
  void exposesEveryMetric() throws Exception {
    Worker shared = worker("node1", 34L);
    ModJkStatus status =
        new ModJkStatus(
            "mod_jk/1.2.48",
            "Apache/2.4.71 (Debian) mod_jk/1.2.48",
            List.of(
                balancer(
                    "cluster",
                    List.of(
                        member(shared, WorkerState.ERROR, 1795328212L),
                        member(worker("node2", 9L), WorkerState.OK, null))),
                balancer("legacy", List.of(member(shared, WorkerState.IDLE, null)))),
            List.of(
                new StandaloneWorker(
                    worker("standalone", 10L),
                    2L,
                    1795328155L,
                    List.of(new Mapping("jklab.example", "/solo/*", "Wildchar")))));

    String text = text(ModJkSamples.of(new Reading.Understood(status), Duration.ofMillis(12)));

    assertThat(text).isEqualTo(golden("exposition.txt"));
  }

  @Test
  void failureIsAllThatIsSaid() throws Exception {
    String text =
        text(
            ModJkSamples.of(
                new Reading.Failed(FailureReason.TRUNCATED, "detail"), Duration.ofMillis(12)));

    assertThat(text.lines().filter(line -> !line.startsWith("#")))
        .containsExactly(
            "modjk_scrape_duration_seconds 0.012",
            "modjk_scrape_failure{reason=\"truncated\"} 1.0",
            "modjk_up 0.0");
  }

  @Test
  void unknownIsAbsent() throws Exception {
    Worker worker = nothingKnownOf("w");
    ModJkStatus status =
        new ModJkStatus(
            null,
            null,
            List.of(
                new Balancer(
                    "b",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(
                        new Member(
                            worker, null, null, null, null, null, null, null, null, null, null,
                            null, null)),
                    List.of())),
            List.of());

    String text = text(ModJkSamples.of(new Reading.Understood(status), Duration.ofMillis(12)));

    assertThat(text.lines().filter(line -> !line.startsWith("#")))
        .containsExactlyInAnyOrder(
            "modjk_up 1.0",
            "modjk_scrape_duration_seconds 0.012",
            "modjk_balancer_info{balancer=\"b\",lock=\"\",method=\"\",sticky_session=\"\","
                + "sticky_session_force=\"\"} 1",
            "modjk_balancer_members{balancer=\"b\",state=\"available\"} 0.0",
            "modjk_balancer_members{balancer=\"b\",state=\"degraded\"} 0.0",
            "modjk_balancer_members{balancer=\"b\",state=\"unavailable\"} 0.0",
            "modjk_balancer_members{balancer=\"b\",state=\"unknown\"} 1.0",
            "modjk_worker_info{address=\"\",balancer=\"b\",domain=\"\",redirect=\"\",route=\"\","
                + "type=\"\",worker=\"w\"} 1");
  }

  @Test
  void whatAnAnswerNamesTwiceIsExposedOnce() throws Exception {
    Worker worker = nothingKnownOf("w");
    Mapping mapping = new Mapping("host", "/a", "Exact");
    StandaloneWorker standalone = new StandaloneWorker(worker, 1L, null, List.of(mapping, mapping));
    ModJkStatus status = new ModJkStatus(null, null, List.of(), List.of(standalone, standalone));

    String text = text(ModJkSamples.of(new Reading.Understood(status), Duration.ofMillis(12)));

    assertThat(text.lines().filter(line -> line.startsWith("modjk_worker_errors_total")))
        .containsExactly("modjk_worker_errors_total{balancer=\"\",worker=\"w\"} 1.0");
    assertThat(text.lines().filter(line -> line.startsWith("modjk_mapping_info"))).hasSize(1);
  }

  private static Balancer balancer(String name, List<Member> members) {
    return new Balancer(
        name,
        "Sessions",
        "Optimistic",
        true,
        false,
        3L,
        4L,
        30L,
        12L,
        1795328100L,
        members,
        List.of(new Mapping("jklab.example [127.0.0.1:28080]", "/app/*", "Wildchar")));
  }

  private static Member member(Worker worker, WorkerState state, @Nullable Long lastError) {
    return new Member(
        worker,
        state,
        Activation.ACTIVE,
        worker.name(),
        "",
        "east",
        2L,
        8L,
        1L,
        5L,
        13L,
        40L,
        lastError);
  }

  private static Worker worker(String name, long requests) {
    return new Worker(
        name, "ajp13", "127.0.0.1:28101", requests, 6L, 5538L, 1877L, 1L, 7L, 4L, 8L, 0L, 2L);
  }

  private static Worker nothingKnownOf(String name) {
    return new Worker(name, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  private static String text(MetricSnapshots metrics) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, metrics);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ModJkSamplesTest.class.getResourceAsStream("/golden/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
