package io.tribescope.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The finished jar against a real Apache httpd with mod_jk, and Prometheus' own linter. */
@Tag("real")
class RealModJkIT {

  @TempDir private Path directory = Path.of("");

  @Test
  void seesAWorkerGoDown() throws Exception {
    try (ModJkServer modjk = ModJkServer.start(directory);
        Exporter exporter = Exporter.start(directory, "--modjk=main=" + modjk.url("/jkstatus"))) {
      assertThat(exporter.get("/probe?target=main"))
          .contains("\nmodjk_up 1.0\n")
          .contains("modjk_info{version=\"mod_jk/1.2.")
          .contains(state("OK/IDLE", 1))
          .contains(state("ERR", 0))
          .contains("modjk_balancer_members{balancer=\"cluster\",state=\"available\"} 1.0\n");

      // Nobody listens where node1 should be.
      assertThat(status(modjk.url("/app/"))).isEqualTo(503);

      assertThat(exporter.get("/probe?target=main"))
          .contains(state("OK/IDLE", 0))
          .contains(state("ERR", 1))
          .contains("modjk_balancer_members{balancer=\"cluster\",state=\"available\"} 0.0\n")
          .contains("modjk_balancer_members{balancer=\"cluster\",state=\"unavailable\"} 1.0\n")
          .containsPattern("modjk_worker_errors_total\\{.*worker=\"node1\"} [1-9]")
          .contains("modjk_worker_last_error_timestamp_seconds{")
          .contains("modjk_mapping_info{balancer=\"cluster\",");
    }
  }

  @Test
  void mappingsCanBeLeftOut() throws Exception {
    try (ModJkServer modjk = ModJkServer.start(directory);
        Exporter exporter =
            Exporter.start(
                directory, "--modjk=main=" + modjk.url("/jkstatus"), "--modjk-no-mappings")) {
      assertThat(exporter.get("/probe?target=main"))
          .contains("\nmodjk_up 1.0\n")
          .doesNotContain("modjk_mapping_info");
    }
  }

  @Test
  void saysWhenItIsDenied() throws Exception {
    try (ModJkServer modjk = ModJkServer.start(directory, "user=nobody");
        Exporter exporter = Exporter.start(directory, "--modjk=main=" + modjk.url("/jkstatus"))) {
      assertThat(exporter.get("/probe?target=main"))
          .contains("modjk_up 0.0\n")
          .contains("modjk_scrape_failure{reason=\"denied\"} 1.0\n");
    }
  }

  @Test
  void promtoolFindsNothingToMend() throws Exception {
    try (ModJkServer modjk = ModJkServer.start(directory);
        Exporter exporter = Exporter.start(directory, "--modjk=main=" + modjk.url("/jkstatus"))) {
      assertThat(promtool(exporter.get("/probe?target=main"))).isEmpty();
      assertThat(promtool(exporter.get("/metrics"))).isEmpty();
    }
  }

  /** The scrape configuration of the documentation, as a user would paste it. */
  @Test
  void scrapeConfigurationOfTheDocumentationIsValid() throws Exception {
    String documentation =
        Files.readString(Path.of(System.getProperty("tribescope.root"), "docs", "exporter.md"));
    int start = documentation.indexOf("```yaml\n") + "```yaml\n".length();
    Path configuration =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            documentation.substring(start, documentation.indexOf("```", start)));

    assertThat(run("", "promtool", "check", "config", configuration.toString()))
        .contains("SUCCESS: %s is valid prometheus config file syntax".formatted(configuration));
  }

  private static String state(String state, int value) {
    return "modjk_worker_state{balancer=\"cluster\",state=\"%s\",worker=\"node1\"} %d.0\n"
        .formatted(state, value);
  }

  private static int status(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
        .statusCode();
  }

  private static String promtool(String metrics) throws IOException, InterruptedException {
    return run(metrics, "promtool", "check", "metrics");
  }

  private static String run(String input, String... command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? output : output + "exit code " + process.exitValue();
  }
}
