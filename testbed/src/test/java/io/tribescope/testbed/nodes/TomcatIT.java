package io.tribescope.testbed.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.machine.Finished;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class TomcatIT {
  /** Runs within the web application. */
  public static class Clock implements Callable<String> {
    @Override
    public String call() {
      return Long.toString(System.currentTimeMillis());
    }
  }

  @Test
  void applicationRunsOnEveryVersion() {
    try (Bed bed = Bed.open("versions")) {
      List<Node> nodes =
          Stream.of("8.5.100", "10.1.59", "11.0.25")
              .map(version -> bed.cluster(version).tomcat(version).nodes(1).create().node(1))
              .toList();
      nodes.forEach(Node::launch);
      nodes.forEach(Node::awaitReady);
      for (Node node : nodes) {
        Session session = bed.client().create(node);
        session.write("k", "v");
        assertThat(session.all().attributes()).isEqualTo(Map.of("k", "v"));
        assertThat(node.peek(session, "k")).isEqualTo("v");
        assertThat(node.sessionCount()).isEqualTo(1);
        assertThat(node.members()).isEmpty();
      }
    }
  }

  @Test
  @Tag("full")
  void clockIsShifted() {
    try (Bed bed = Bed.open("clock")) {
      ClusterBuilder tomcat = bed.cluster().nodes(1).withoutCluster().webappClass(Clock.class);
      Node node = tomcat.each(spec -> spec.clock("-30s")).start().node(1);

      long before = System.currentTimeMillis();
      String shifted = node.call(Clock.class);
      long after = System.currentTimeMillis();

      assertThat(Long.parseLong(String.valueOf(shifted)))
          .isBetween(before - 30_000 - 1, after - 30_000 + 1);

      node.clock("+3600s");

      await()
          .untilAsserted(
              () ->
                  assertThat(Long.parseLong(String.valueOf(node.call(Clock.class))))
                      .isCloseTo(System.currentTimeMillis() + 3_600_000, within(1000L)));
    }
  }

  @Test
  void clusterFormsOnLoopbackWhereNothingCanBeCut() {
    try (Bed bed = Bed.openOnLoopback("loopback")) {
      Cluster cluster = bed.cluster().start();
      assertThat(cluster.node(1).members()).containsExactly(cluster.node(2).member());
      assertThat(bed.network().canCut()).isFalse();
      assertThatThrownBy(() -> bed.network().cut(cluster.node(1), cluster.node(2)))
          .hasMessage(
              "links can be cut only between network namespaces: this bed was opened on loopback");
    }
  }

  @Test
  void otherCommandsRunToTheirEnd() {
    try (Bed bed = Bed.open("commands")) {
      Node node = bed.cluster().nodes(1).withoutCluster().create().node(1);

      Finished version = node.run("version");
      assertThat(version.exitCode()).isZero();
      assertThat(version.output()).contains("Apache Tomcat/9.0.117");
      assertThat(node.run("configtest").exitCode()).isZero();

      node.start();
      assertThat(node.members()).isEmpty();
      assertThat(node.run("stop").output()).contains("No shutdown port configured");
      assertThat(node.isRunning()).isTrue();
    }
  }
}
