package io.tribescope.system.agent;

import static io.tribescope.system.Scrapes.awaitScrape;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Load;
import io.tribescope.testbed.clients.Sample;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Httpd;
import io.tribescope.testbed.nodes.Node;
import io.tribescope.testbed.prometheus.Exporter;
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

/**
 * {@code docs/metrics.md} lists what a scrape exposes, with its labels and their values, and
 * nothing that it does not.
 */
@Tag("real")
class MetricsDocumentIT {
  private static final Pattern ROW =
      Pattern.compile(
          "^\\|`(?<name>[a-z0-9_]+)`\\|(?<type>[a-z]+)\\|(?<labels>[^|]*)\\|(?<meaning>[^|]*)\\|",
          Pattern.MULTILINE);
  private static final Pattern LABEL =
      Pattern.compile("`(?<label>[a-z_]+)`(?:: (?<values>[^;]+))?");
  private static final String[] JVM = {"jvm_", "process_", "system_"};

  /** Which of these there are depends on the collector, and on what it had to do. */
  private static final String OF_SOME_COLLECTORS = "jvm_gc_concurrent_";

  private static final Pattern CONDITION = Pattern.compile("\\. Only [^.]+\\.$");

  /** The type and the labels of each metric, by its name. */
  private final Map<String, Set<String>> documented = new TreeMap<>();

  /** By metric and label the values that there can be, of labels whose values are listed. */
  private final Map<String, Map<String, Set<String>>> values = new TreeMap<>();

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
        .containsKeys("tribescope_agent_build_info", "tribescope_exporter_build_info", "modjk_up")
        .containsEntry("system_load_average_1m", Set.of("gauge []"));
    assertThat(values)
        .containsEntry("tomcat_sessions", Map.of("role", Set.of("primary", "backup")))
        .containsKeys("jvm_threads_states_threads", "modjk_worker_state");
    try (Bed bed = Bed.open("metrics-document");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .replicatedCache()
              .agent(Product.AGENT, "cluster=shop")
              .start();
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

        // A cache's peer has series from the first change on that was sent to it.
        try (Load load = client.load(httpd, 4, 10, Duration.ofMinutes(3))) {
          assertThat(load.sessions()).hasSize(4);
          for (Node node : cluster.nodes()) {
            awaitScrape(
                node,
                Duration.ofSeconds(60),
                scrape -> assertDocumented(scrape, "tomcat_", "ehcache_", "tribescope_agent_"));
          }
        }
        assertDocumented(exporter.scrape("/probe?target=main"), "modjk_");
        assertDocumented(exporter.scrape("/metrics"), "tribescope_exporter_");
      }
    }
  }

  private void assertDocumented(Scrape scrape, String... prefixes) {
    Map<String, Set<String>> exposed = exposed(scrape);
    assertThat(documented).containsAllEntriesOf(exposed);
    assertThat(scrape.samples())
        .allSatisfy(
            sample ->
                values
                    .getOrDefault(family(sample), Map.of())
                    .forEach(
                        (label, listed) -> {
                          if (sample.labels().containsKey(label)) {
                            assertThat(listed)
                                .as("%s of %s", label, sample.name())
                                .contains(sample.labels().get(label));
                          }
                        }));
    assertThat(exposed.keySet())
        .containsAll(unconditional.stream().filter(name -> startsWithAny(name, prefixes)).toList());
  }

  private static Map<String, Set<String>> exposed(Scrape scrape) {
    Map<String, Set<String>> exposed = new TreeMap<>();
    scrape
        .types()
        .forEach(
            (name, type) -> {
              if (startsWithAny(name, "tomcat_", "ehcache_", "tribescope_", "modjk_")
                  || (startsWithAny(name, JVM) && !name.startsWith(OF_SOME_COLLECTORS))) {
                exposed.put(name, shapes(scrape, name, type));
              }
            });
    return exposed;
  }

  /** One, unless series of one metric differ in their labels. */
  private static Set<String> shapes(Scrape scrape, String name, String type) {
    Set<String> names =
        type.equals("histogram") || type.equals("summary")
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

  private static String family(Sample sample) {
    return sample.name().replaceFirst("_(bucket|sum|count)$", "");
  }

  private void read(MatchResult row) {
    String name = row.group(1);
    String type = row.group(2).equals("info") ? "gauge" : row.group(2);
    Set<String> labels = new TreeSet<>();
    LABEL
        .matcher(row.group(3))
        .results()
        .forEach(
            label -> {
              labels.add(label.group(1));
              if (label.group(2) != null) {
                values
                    .computeIfAbsent(name, unused -> new TreeMap<>())
                    .put(label.group(1), Set.of(label.group(2).split(", ", -1)));
              }
            });
    if (name.startsWith("tomcat_") && !name.startsWith("tomcat_datasource_")) {
      labels.addAll(Set.of("cluster", "observer"));
    } else if (name.startsWith("ehcache_")) {
      labels.add("cluster");
    }
    documented.put(name, Set.of(type + " " + labels));
    // The cluster of this test has what those of caches ask for.
    if (name.startsWith("ehcache_") || !CONDITION.matcher(row.group(4)).find()) {
      unconditional.add(name);
    }
  }

  private static boolean startsWithAny(String name, String... prefixes) {
    return Set.of(prefixes).stream().anyMatch(name::startsWith);
  }
}
