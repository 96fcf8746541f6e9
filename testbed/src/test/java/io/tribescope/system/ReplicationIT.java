package io.tribescope.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.Client;
import io.tribescope.testbed.Cluster;
import io.tribescope.testbed.Session;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class ReplicationIT {
  @Test
  void trial() throws Exception {
    try (Bed bed = Bed.open("replication")) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .sendOptions(8)
              .agent(Product.AGENT, "cluster=shop")
              .start();
      Client client = bed.client();
      List<Session> sessions = client.create(cluster.node(1), 10);
      sessions.forEach(s -> s.write("k", "v"));
      java.net.http.HttpClient http = java.net.http.HttpClient.newHttpClient();
      for (int i = 1; i <= 2; i++) {
        System.out.println(cluster.node(i).output().lines().filter(l -> l.contains("tribescope") || l.contains("SEVERE") || l.contains("Exception")).collect(java.util.stream.Collectors.joining("\n")));
        String text = http.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://" + cluster.node(i).address() + ":" + cluster.node(i).agentPort() + "/metrics")).build(), java.net.http.HttpResponse.BodyHandlers.ofString()).body();
        System.out.println(text.lines().filter(l -> !l.startsWith("#") && (l.startsWith("tom") || l.startsWith("trib"))).collect(java.util.stream.Collectors.joining("\n")));
      }
      assertThat(sessions).hasSize(10);
    }
  }
}
