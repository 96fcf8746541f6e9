package io.tribescope.system;

import static io.tribescope.system.Scrapes.awaitScrape;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.Client;
import io.tribescope.testbed.Cluster;
import io.tribescope.testbed.Exporter;
import io.tribescope.testbed.Httpd;
import io.tribescope.testbed.Node;
import io.tribescope.testbed.Scrape;
import io.tribescope.testbed.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} lists what a scrape exposes, and nothing that it does not. */
@Tag("real")
class MetricsDocumentIT {
  private static final Pattern ROW =
      Pattern.compile(
          "^\\|`(?<name>[a-z_]+)`\\|(?<type>[a-z]+)\\|(?<labels>[^|]*)\\|(?<meaning>[^|]*)\\|",
          Pattern.MULTILINE);
  private static final Pattern LABEL = Pattern.compile("`([a-z_]+)`");
  private static final Pattern CONDITION = Pattern.compile("\\. Only [^.]+\\.$");

  /** The type and the labels of each metric, by its name. */
  private final Map<String, Set<String>> documented = new TreeMap<>();

  /** The metrics that a healthy cluster has. */
  private final Set<String> unconditional = new TreeSet<>();

  MetricsDocumentIT() throws IOException {
    ROW.matcher(Files.readString(Product.ROOT.resolve("docs/metrics.md")))
        .results()
        .forEach(this::read);
  }

  @Test
  void listsWhatIsExposed() {
    assertThat(documented)
        .containsEntry("tomcat_cluster_members", Set.of("gauge [cluster, observer]"))
        .containsKeys("tribescope_agent_build_info", "tribescope_exporter_build_info", "modjk_up");
    try (Bed bed = Bed.open("metrics-document");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster().tomcat("9.0.117").nodes(2).agent(Product.AGENT, "cluster=shop").start();
      Node first = cluster.node(1);
      Node second = cluster.node(2);
      Httpd httpd = bed.httpd(cluster);
      try (Exporter exporter =
          bed.exporter(Product.EXPORTER, "--modjk", "main=" + httpd.status())) {
        List<Session> sessions = client.create(httpd, 4);
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () ->
                    sessions.stream()
                        .allMatch(session -> first.holds(session) && second.holds(session)));
        sessions.forEach(session -> session.write("k", "v"));

        for (Node node : cluster.nodes()) {
          awaitScrape(
              node,
              Duration.ofSeconds(60),
              scrape -> assertDocumented(scrape, "tomcat_", "tribescope_agent_"));
        }
        assertDocumented(exporter.scrape("/probe?target=main"), "modjk_");
        assertDocumented(exporter.scrape("/metrics"), "tribescope_exporter_");
      }
    }
  }

  private void assertDocumented(Scrape scrape, String... prefixes) {
    Map<String, Set<String>> exposed = exposed(scrape);
    assertThat(documented).containsAllEntriesOf(exposed);
    assertThat(exposed.keySet())
        .containsAll(unconditional.stream().filter(name -> startsWithAny(name, prefixes)).toList());
  }

  private static Map<String, Set<String>> exposed(Scrape scrape) {
    Map<String, Set<String>> exposed = new TreeMap<>();
    scrape
        .types()
        .forEach(
            (name, type) -> {
              if (startsWithAny(name, "tomcat_", "tribescope_", "modjk_")) {
                exposed.put(name, shapes(scrape, name, type));
              }
            });
    return exposed;
  }

  /** One, unless series of one metric differ in their labels. */
  private static Set<String> shapes(Scrape scrape, String name, String type) {
    Set<String> names =
        type.equals("histogram")
            ? Set.of(name + "_bucket", name + "_sum", name + "_count")
            : Set.of(name);
    return scrape.samples().stream()
        .filter(sample -> names.contains(sample.name()))
        .map(
            sample -> {
              Set<String> labels = new TreeSet<>(sample.labels().keySet());
              labels.remove("le");
              return type + " " + labels;
            })
        .collect(toSet());
  }

  private void read(MatchResult row) {
    String name = row.group(1);
    String type = row.group(2).equals("info") ? "gauge" : row.group(2);
    Set<String> labels = new TreeSet<>();
    LABEL.matcher(row.group(3)).results().forEach(label -> labels.add(label.group(1)));
    if (name.startsWith("tomcat_")) {
      labels.addAll(Set.of("cluster", "observer"));
    }
    documented.put(name, Set.of(type + " " + labels));
    if (!CONDITION.matcher(row.group(4)).find()) {
      unconditional.add(name);
    }
  }

  private static boolean startsWithAny(String name, String... prefixes) {
    return Set.of(prefixes).stream().anyMatch(name::startsWith);
  }
}
