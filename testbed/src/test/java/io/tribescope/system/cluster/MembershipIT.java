package io.tribescope.system.cluster;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.increase;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who sees whom, and what is said to have happened, on three nodes; each test ends with a mesh. */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MembershipIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Bed bed;
  private Cluster cluster;
  private Node first;
  private Node second;
  private Node third;

  @BeforeAll
  void startCluster() {
    bed = Bed.open("membership");
    cluster =
        bed.cluster()
            .tomcat("9.0.117")
            .nodes(3)
            .agent(Product.AGENT, "cluster=shop,expected_members=3")
            .start();
    first = cluster.node(1);
    second = cluster.node(2);
    third = cluster.node(3);
  }

  /** After a test that failed, too. */
  @BeforeEach
  void mend() {
    bed.network().heal();
    cluster.awaitMesh();
    cluster.nodes().stream().filter(node -> !node.isRunning()).forEach(Node::start);
    awaitMesh();
  }

  @AfterAll
  void close() {
    bed.close();
  }

  @Test
  void aMeshIsTheSameForAll() {
    Set<Double> hashes = new TreeSet<>();
    for (Node node : cluster.nodes()) {
      Scrape scrape = node.scrape();
      assertThat(scrape.value("tomcat_cluster_members")).isEqualTo(3);
      assertThat(scrape.value("tomcat_cluster_expected_members")).isEqualTo(3);
      assertThat(scrape.value("tomcat_cluster_ghost_members")).isZero();
      assertThat(scrape.value("tomcat_cluster_node_info", "jvm_route", node.name())).isEqualTo(1);
      assertThat(scrape.value("tomcat_cluster_node_info", "tomcat_version", "9.0.117"))
          .isEqualTo(1);
      assertThat(scrape.absent("tomcat_cluster_config_problem")).isTrue();
      hashes.add(scrape.value("tomcat_cluster_view_hash"));
    }
    assertThat(hashes).hasSize(1);
  }

  @Test
  void aNodeThatLeavesSaysSo() {
    Scrape before = first.scrape();
    third.stop();
    awaitView(first, first, second);
    // Who still had the old life in its view when the new one comes would have a ghost.
    awaitView(second, first, second);
    awaitEvents(first, before, Map.of("left", 1));

    Scrape gone = first.scrape();
    third.start();
    awaitMesh();
    awaitEvents(first, gone, Map.of("joined", 1));
  }

  @Test
  void aNodeThatDiesFails() {
    Scrape before = second.scrape();
    third.kill();
    // Each finds it out by itself: by its own probe, or when heartbeats stay away.
    awaitView(first, first, second);
    awaitView(second, first, second);
    awaitEvents(second, before, Map.of("suspected", 1, "failed", 1));
    assertThat(first.scrape().value("tomcat_cluster_view_hash"))
        .isEqualTo(second.scrape().value("tomcat_cluster_view_hash"));

    // Else Tomcat can take the new life for the old one, and have both in its view.
    cluster.awaitMembers(first, first, second);
    cluster.awaitMembers(second, first, second);
    third.start();
    awaitMesh();
    awaitEvents(second, before, Map.of("suspected", 1, "failed", 1, "joined", 1));
  }

  @Test
  void aPartitionHealsIntoTheSameLives() {
    Scrape firstBefore = first.scrape();
    Scrape secondBefore = second.scrape();
    bed.network().cut(first, second);
    bed.network().cut(first, third);
    awaitView(first, first);
    awaitView(second, second, third);
    awaitView(third, second, third);
    awaitEvents(first, firstBefore, Map.of("suspected", 2, "failed", 2));
    awaitEvents(second, secondBefore, Map.of("suspected", 1, "failed", 1));
    assertThat(first.scrape().value("tomcat_cluster_view_hash"))
        .isNotEqualTo(second.scrape().value("tomcat_cluster_view_hash"));

    bed.network().heal();
    awaitMesh();
    awaitEvents(first, firstBefore, Map.of("suspected", 2, "failed", 2, "rejoined", 2));
    awaitEvents(second, secondBefore, Map.of("suspected", 1, "failed", 1, "rejoined", 1));
  }

  @Test
  void aOneWayCutIsSeenFromOneSide() {
    try (Bed oneWay = Bed.open("one-way")) {
      // Without the clock's probe: as any other message would, its failure makes the cut mutual.
      Cluster pair =
          oneWay
              .cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .agent(Product.AGENT, "cluster=shop,probe=false")
              .start();
      Node unheard = pair.node(1);
      Node deaf = pair.node(2);
      awaitView(unheard, unheard, deaf);
      awaitView(deaf, unheard, deaf);
      Scrape before = unheard.scrape();

      oneWay.network().cutOneWay(unheard, deaf);
      awaitView(deaf, deaf);
      awaitView(unheard, unheard, deaf);
      awaitEvents(unheard, before, Map.of());

      oneWay.network().heal();
      awaitView(deaf, unheard, deaf);
      awaitView(unheard, unheard, deaf);
    }
  }

  @Test
  void aRestartWithinTheDropTimeLeavesAGhost() throws IOException {
    try (Bed ghosts = Bed.open("ghost")) {
      // Without the clock's probe: its failure would make Tomcat drop the old life at once.
      Cluster pair =
          ghosts
              .cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .agent(Product.AGENT, "cluster=shop,probe=false")
              .create();
      for (Node node : pair.nodes()) {
        // Longer than a start takes, so that the old life is still in the view when the new comes.
        Path config = node.base().resolve("conf/server.xml");
        String text = Files.readString(config);
        assertThat(text).contains("dropTime=\"3000\"");
        Files.writeString(config, text.replace("dropTime=\"3000\"", "dropTime=\"60000\""));
      }
      pair.start();
      Node stays = pair.node(1);
      Node restarts = pair.node(2);
      awaitView(stays, stays, restarts);
      Scrape before = stays.scrape();

      restarts.kill();
      restarts.start();

      awaitScrape(
          stays,
          DEADLINE,
          scrape -> assertThat(scrape.value("tomcat_cluster_ghost_members")).isEqualTo(1));
      Scrape after = stays.scrape();
      assertThat(after.value("tomcat_cluster_members")).isEqualTo(2);
      assertThat(view(after)).isEqualTo(names(stays, restarts));
      awaitEvents(stays, before, Map.of("joined", 1));
      awaitView(restarts, stays, restarts);
      assertThat(restarts.scrape().value("tomcat_cluster_ghost_members")).isZero();
    }
  }

  /**
   * Also that no view holds an earlier life any more, which it does for seconds after a restart.
   */
  private void awaitMesh() {
    for (Node node : cluster.nodes()) {
      awaitView(node, first, second, third);
      awaitScrape(
          node,
          DEADLINE,
          scrape -> assertThat(scrape.value("tomcat_cluster_ghost_members")).isZero());
    }
  }

  private static void awaitView(Node observer, Node... members) {
    awaitScrape(
        observer,
        DEADLINE,
        scrape -> {
          assertThat(view(scrape)).as("view of %s", observer).isEqualTo(names(members));
          assertThat(scrape.value("tomcat_cluster_members")).isEqualTo(members.length);
        });
  }

  private static Set<String> view(Scrape scrape) {
    Set<String> members = new TreeSet<>();
    scrape.samples("tomcat_cluster_member_up").stream()
        .filter(sample -> sample.value() == 1)
        .forEach(sample -> members.add(sample.labels().getOrDefault("member", "")));
    return members;
  }

  private static Set<String> names(Node... nodes) {
    Set<String> names = new TreeSet<>();
    List.of(nodes).forEach(node -> names.add(node.member()));
    return names;
  }

  /**
   * Waits for these events, all that there were since {@code before}: Tomcat changes the view, and
   * tells of it thereafter.
   */
  private static void awaitEvents(Node node, Scrape before, Map<String, Integer> expected) {
    awaitScrape(
        node,
        DEADLINE,
        after -> assertThat(events(before, after)).as("at %s", node).isEqualTo(expected));
  }

  private static Map<String, Integer> events(Scrape before, Scrape after) {
    Map<String, Integer> seen = new TreeMap<>();
    after
        .samples("tomcat_cluster_membership_events_total")
        .forEach(
            sample -> {
              String event = sample.labels().getOrDefault("event", "");
              int increase =
                  (int)
                      increase(
                          before, after, "tomcat_cluster_membership_events_total", "event", event);
              if (increase != 0) {
                seen.put(event, increase);
              }
            });
    // A host that is short of time is suspected and cleared of it; that is no part of any test.
    Integer cleared = seen.remove("suspicion_cleared");
    if (cleared != null) {
      seen.merge("suspected", -cleared, Integer::sum);
      seen.remove("suspected", 0);
    }
    return seen;
  }
}
