package io.tribescope.testbed.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class HttpdIT {
  @Test
  void sessionsStickToTheirNodeAndSurviveItsDeath() {
    try (Bed bed = Bed.open("httpd")) {
      // Acknowledged replication: what was answered is held by both.
      Cluster cluster = bed.cluster().sendOptions(6).start();
      Httpd httpd = bed.httpd(cluster);
      Client client = bed.client();
      List<Session> sessions = client.create(httpd, 10);
      for (Session session : sessions) {
        session.write("k", "v");
        session.write("l", "w");
      }
      assertThat(client.totals().moved()).isZero();
      assertThat(client.totals().answeredBy()).isEqualTo(Map.of("node1", 15L, "node2", 15L));
      assertThat(httpd.statusXml())
          .contains("type=\"OK\"")
          .contains("route=\"node1\"")
          .contains("route=\"node2\"");

      cluster.node(1).kill();

      assertThat(client.verify()).hasToString("survived 10, lost 0, stale 0, unanswered 0");
      assertThat(client.totals().moved()).isEqualTo(5);

      Httpd loose = bed.httpd(cluster, Map.of("worker.loadbalancer.sticky_session", "false"));
      assertThat(loose.statusXml()).contains("sticky_session=\"False\"");
      httpd.stop();
    }
  }
}
