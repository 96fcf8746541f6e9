package io.tribescope.exporter.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.exporter.http.ExporterServer;
import io.tribescope.exporter.source.modjk.StatusUrl;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServeTest {

  /** A look-up that hangs holds its thread: it must not be one that another target needs. */
  @Test
  void eachTargetHasThreadsOfItsOwn() throws Exception {
    StatusUrl nobody = StatusUrl.parse("http://127.0.0.1:1/jkstatus");
    ServeOptions options = new ServeOptions();
    options.port = 0;
    options.targets = List.of(new ModJkTarget("a", nobody), new ModJkTarget("b", nobody));
    try (ExporterServer server = Serve.start(options)) {
      for (String alias : List.of("a", "b", "a", "b", "a", "b")) {
        assertThat(probe(server, alias)).contains("modjk_scrape_failure{reason=\"connect\"} 1.0");
      }

      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .filteredOn(name -> name.matches("modjk-[ab]-\\d+"))
          .containsExactlyInAnyOrder("modjk-a-1", "modjk-a-2", "modjk-b-1", "modjk-b-2");
    }
  }

  private static String probe(ExporterServer server, String alias) throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/probe?target=%s".formatted(server.address().getPort(), alias));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }
}
