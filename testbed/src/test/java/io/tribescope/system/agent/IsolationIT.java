package io.tribescope.system.agent;

import static io.tribescope.system.Scrapes.awaitScrape;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.machine.Finished;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent keeps to itself: its libraries, and its presence where there is no cluster. */
@Tag("real")
class IsolationIT {
  private static final String LOADED = "-Xlog:class+load:file=%s:none";

  @Test
  void anApplicationKeepsItsOwnLibraries() {
    try (Bed bed = Bed.open("isolation")) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(1)
              .agent(Product.AGENT, "cluster=shop")
              .webappLibrary(Product.library("old-byte-buddy.jar"))
              .webappLibrary(Product.library("old-slf4j-api.jar"))
              .webappLibrary(Product.library("old-micrometer-core.jar"))
              .webappClass(WhoseLibraries.class)
              .start();
      Node node = cluster.node(1);

      // The jar each class comes from, or that it is not there at all.
      assertThat(node.call(WhoseLibraries.class))
          .isEqualTo(
              "net.bytebuddy.ByteBuddy in old-byte-buddy.jar; "
                  + "org.slf4j.Logger in old-slf4j-api.jar; "
                  + "io.micrometer.core.instrument.MeterRegistry in old-micrometer-core.jar; "
                  + "io.prometheus.metrics.model.registry.PrometheusRegistry nowhere; "
                  + "io.tribescope.agent.recording.Recorder nowhere");
      Scrape scrape =
          awaitScrape(
              node,
              Duration.ofSeconds(20),
              s -> assertThat(s.value("tomcat_cluster_members")).isEqualTo(1));
      assertThat(scrape.sum("tribescope_agent_advice_errors_total")).isZero();
      assertThat(node.output()).doesNotContain("SLF4J", "LinkageError", "NoClassDefFoundError");
    }
  }

  /** Runs within the application. */
  public static final class WhoseLibraries implements Callable<String> {
    private static final String[] NAMES = {
      "net.bytebuddy.ByteBuddy",
      "org.slf4j.Logger",
      "io.micrometer.core.instrument.MeterRegistry",
      "io.prometheus.metrics.model.registry.PrometheusRegistry",
      "io.tribescope.agent.recording.Recorder"
    };

    @Override
    public String call() {
      StringBuilder whose = new StringBuilder();
      for (String name : NAMES) {
        whose.append(whose.length() == 0 ? "" : "; ").append(name).append(' ').append(where(name));
      }
      return whose.toString();
    }

    private static String where(String name) {
      try {
        Class<?> found = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        String jar = found.getProtectionDomain().getCodeSource().getLocation().getPath();
        return "in " + jar.substring(jar.lastIndexOf('/') + 1);
      } catch (ClassNotFoundException e) {
        return "nowhere";
      }
    }
  }

  @Test
  void aTomcatWithoutClusterLoadsTheGateOnly() throws IOException {
    try (Bed bed = Bed.open("no-cluster")) {
      Path loaded = bed.directory().resolve("loaded.txt");
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(1)
              .withoutCluster()
              .agent(Product.AGENT, "cluster=shop")
              .each(node -> node.jvm(LOADED.formatted(loaded)))
              .create();
      cluster.start();
      assertThat(ours(loaded))
          .containsExactlyInAnyOrder(
              "io.tribescope.agent.premain.Premain",
              "io.tribescope.agent.premain.Jvm",
              "io.tribescope.agent.premain.Gate");
      assertThat(cluster.node(1).output()).doesNotContain("[tribescope]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"configtest", "version", "stop"})
  void tomcatsOtherCommandsAreLeftAlone(String command) throws IOException {
    try (Bed bed = Bed.open("command-" + command)) {
      Path loaded = bed.directory().resolve("loaded.txt");
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(1)
              .agent(Product.AGENT, "cluster=shop")
              .each(node -> node.jvm(LOADED.formatted(loaded)))
              .create();
      Finished finished = cluster.node(1).run(command);
      assertThat(finished.output()).doesNotContain("[tribescope]");
      assertThat(ours(loaded))
          .containsExactlyInAnyOrder(
              "io.tribescope.agent.premain.Premain", "io.tribescope.agent.premain.Jvm");
    }
  }

  /** The agent's classes and libraries among those that the JVM loaded. */
  private static List<String> ours(Path loaded) throws IOException {
    return Files.readAllLines(loaded).stream()
        .map(line -> line.split(" ", 2)[0])
        .filter(
            name ->
                name.startsWith("io.tribescope.")
                    || name.startsWith("net.bytebuddy.")
                    || name.startsWith("io.micrometer.")
                    || name.startsWith("io.prometheus.")
                    || name.startsWith("org.slf4j."))
        .distinct()
        .toList();
  }
}
