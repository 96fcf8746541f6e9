package io.tribescope.system.caches;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.caches.CacheScrapes.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.caches.CacheConfiguration;
import io.tribescope.testbed.caches.CacheSpec;
import io.tribescope.testbed.caches.Caches;
import io.tribescope.testbed.clients.Scrape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is wrong in how caches are configured, before it hurts. */
@Tag("real")
class CacheChecksIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private static Caches start(Bed bed, int nodes, CacheConfiguration... managers) {
    var caches =
        bed.caches()
            .nodes(nodes)
            .agent(Product.AGENT, "cluster=shop")
            .each(node -> node.heartbeat(1000));
    for (CacheConfiguration manager : managers) {
      caches.configuration(manager);
    }
    return caches.start();
  }

  /** The checks that found something, with their severity. */
  private static Map<String, Integer> problems(Scrape scrape) {
    return counts(scrape, "tomcat_cluster_config_problem", "check", "severity");
  }

  @Test
  void aHealthyOneHasNone() {
    try (Bed bed = Bed.open("check-none")) {
      Caches caches =
          start(bed, 2, CacheConfiguration.of("m").multicast().cache(CacheSpec.named("c")));
      awaitScrape(
          caches.node(1),
          DEADLINE,
          scrape -> assertThat(scrape.value("ehcache_replication_peers")).isEqualTo(1));
      assertThat(problems(caches.node(1).scrape())).isEmpty();
    }
  }

  @Test
  void aLoopbackHost() {
    try (Bed bed = Bed.open("check-loopback")) {
      Caches caches =
          start(
              bed,
              2,
              CacheConfiguration.of("m").hostName(node -> "localhost").cache(CacheSpec.named("c")));
      assertThat(problems(caches.node(1).scrape()))
          .isEqualTo(Map.of("ehcache-loopback critical", 1));
    }
  }

  @Test
  void aLoopbackHostIsRightWhereAllNodesAreOnIt() {
    try (Bed bed = Bed.openOnLoopback("check-one-host")) {
      Caches caches =
          start(
              bed,
              2,
              CacheConfiguration.of("cast").multicast().cache(CacheSpec.named("c")),
              CacheConfiguration.of("listed").cache(CacheSpec.named("c")));
      awaitScrape(
          caches.node(1),
          DEADLINE,
          scrape -> {
            assertThat(scrape.value("ehcache_replication_peers", "manager", "cast")).isEqualTo(1);
            assertThat(problems(scrape)).isEmpty();
          });
    }
  }

  /** Left out, and left empty as in a file that a variable is missing from: alike to Ehcache. */
  @Test
  void noHost() {
    try (Bed bed = Bed.open("check-no-host")) {
      Caches caches =
          start(
              bed,
              1,
              CacheConfiguration.of("named").cache(CacheSpec.named("c")),
              CacheConfiguration.of("absent").withoutHostName().cache(CacheSpec.named("c")),
              CacheConfiguration.of("empty").hostName(node -> "").cache(CacheSpec.named("c")));
      awaitScrape(
          caches.node(1),
          DEADLINE,
          scrape -> {
            assertThat(problems(scrape)).containsEntry("ehcache-host-unset warning", 1);
            assertThat(caches.node(1).output())
                .contains("ehcache-host-unset: cache manager absent\n")
                .contains("ehcache-host-unset: cache manager empty\n")
                .doesNotContain("ehcache-host-unset: cache manager named");
          });
    }
  }

  @Test
  void twoManagersOnOnePortInOneGroup() {
    try (Bed bed = Bed.open("check-crossed")) {
      Caches caches =
          start(
              bed,
              1,
              CacheConfiguration.of("hibernate")
                  .multicast()
                  .port(node -> node.port("rmi"))
                  .withoutObjectPort()
                  .cache(CacheSpec.named("c")),
              CacheConfiguration.of("audit_hibernate")
                  .multicast()
                  .port(node -> node.port("rmi"))
                  .withoutObjectPort()
                  .cache(CacheSpec.named("c")));
      awaitScrape(
          caches.node(1),
          DEADLINE,
          scrape -> {
            assertThat(problems(scrape)).isEqualTo(Map.of("ehcache-managers-crossed critical", 1));
            assertThat(scrape.value("ehcache_replication_peers", "manager", "hibernate"))
                .isEqualTo(1);
          });
      // The harm: what is put into one appears in the other.
      caches.node(1).cache("hibernate", "c").put("k", "v");
      assertThat(caches.node(1).cache("audit_hibernate", "c").get("k")).isEqualTo("v");
    }
  }

  @Test
  void nobodyForLongerThanABootstrapWaits() {
    try (Bed bed = Bed.open("check-no-peers")) {
      Caches caches =
          start(
              bed,
              2,
              CacheConfiguration.of("cast").multicast().cache(CacheSpec.named("c")),
              CacheConfiguration.of("listed").cache(CacheSpec.named("c")));
      awaitScrape(
          caches.node(1),
          DEADLINE,
          scrape ->
              assertThat(scrape.value("ehcache_replication_peers", "manager", "cast"))
                  .isEqualTo(1));
      assertThat(problems(caches.node(1).scrape())).isEmpty();
      caches.node(2).kill();
      awaitScrape(
          caches.node(1),
          DEADLINE,
          scrape -> assertThat(problems(scrape)).isEqualTo(Map.of("ehcache-no-peers critical", 1)));
      caches.node(2).start();
      awaitScrape(caches.node(1), DEADLINE, scrape -> assertThat(problems(scrape)).isEmpty());

      // Configured peers are looked for only when there is something to send: twice, to be sure.
      caches.node(2).kill();
      caches.node(1).cache("listed", "c").put("k", "v");
      awaitScrape(
          caches.node(1),
          DEADLINE,
          scrape -> {
            caches.node(1).cache("listed", "c").put("k", "v");
            assertThat(problems(scrape)).isEqualTo(Map.of("ehcache-no-peers critical", 1));
            assertThat(scrape.value("ehcache_replication_peers", "manager", "listed")).isZero();
            assertThat(caches.node(1).output())
                .contains("ehcache-no-peers: cache manager listed of cache c");
          });
    }
  }

  @Test
  void aConfiguredPeerThatIsOneself() {
    try (Bed bed = Bed.open("check-self")) {
      Caches caches =
          start(
              bed,
              1,
              CacheConfiguration.of("m")
                  .manual(node -> List.of("//%s:%d/c".formatted(node.address(), node.port("m"))))
                  .cache(CacheSpec.named("c")));
      assertThat(problems(caches.node(1).scrape()))
          .isEqualTo(Map.of("ehcache-self-peer warning", 1));
    }
  }
}
