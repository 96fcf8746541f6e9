package io.tribescope.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("real")
class TomcatIT {
  @ParameterizedTest
  @ValueSource(strings = {"8.5.100", "10.1.59", "11.0.25"})
  void applicationRunsOnEveryVersion(String version) {
    try (Bed bed = Bed.open("tomcat-" + version)) {
      Node node = bed.cluster().tomcat(version).nodes(1).start().node(1);
      Session session = bed.client().create(node);
      session.write("k", "v");
      assertThat(session.all().attributes()).containsOnlyKeys("k").containsEntry("k", "v");
      assertThat(node.peek(session, "k")).isEqualTo("v");
      assertThat(node.sessionCount()).isEqualTo(1);
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
