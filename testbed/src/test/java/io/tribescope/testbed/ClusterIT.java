package io.tribescope.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class ClusterIT {
  @Test
  void sessionWrittenOnOneNodeIsHeldByTheOther() {
    try (Bed bed = Bed.open("cluster")) {
      Cluster cluster = bed.cluster().start();
      Node first = cluster.node(1);
      Node second = cluster.node(2);
      Session session = bed.client().create(first);
      session.write("k", "v");
      Await.until(
          "replica",
          java.time.Duration.ofSeconds(10),
          bed.directory(),
          () -> "v".equals(second.peek(session, "k")) ? null : second.peek(session, "k"));
      assertThat(session.via(second).read("k")).isEqualTo("v");
      assertThat(session.node()).isEqualTo("node2");
    }
  }
}
