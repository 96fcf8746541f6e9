package io.tribescope.system.caches;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.count;
import static io.tribescope.system.caches.CacheScrapes.bootstraps;
import static io.tribescope.system.caches.CacheScrapes.counts;
import static io.tribescope.system.caches.CacheScrapes.dropped;
import static io.tribescope.system.caches.CacheScrapes.events;
import static io.tribescope.system.caches.CacheScrapes.failures;
import static io.tribescope.system.caches.CacheScrapes.received;
import static io.tribescope.system.caches.CacheScrapes.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.caches.CacheConfiguration;
import io.tribescope.testbed.caches.CacheSpec;
import io.tribescope.testbed.caches.Caches;
import io.tribescope.testbed.caches.CachesBuilder;
import io.tribescope.testbed.caches.NodeCache;
import io.tribescope.testbed.clients.Scrape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What replicated caches do when all is well, on the versions of Ehcache that are in use. */
@Tag("real")
class CacheReplicationIT {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String NEWEST = "2.10.9.2";
  private static final Path JAVA_25 = Path.of("/usr/lib/jvm/temurin-25-jdk-amd64");

  @Test
  void synchronouslyByCopy() {
    synchronous(NEWEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.6.2", "2.4.3", "2.5.7", "2.6.11"})
  @Tag("full")
  void synchronouslyByCopyOnEveryVersion(String version) {
    synchronous(version);
  }

  private static void synchronous(String version) {
    try (Bed bed = Bed.open("cache-sync-" + version)) {
      Caches caches =
          bed.caches()
              .version(version)
              .agent(Product.AGENT, "cluster=shop")
              .configuration(
                  CacheConfiguration.of("m")
                      .cache(CacheSpec.named("c").bootstrap(false))
                      .cache(CacheSpec.named("i").replication("replicateUpdatesViaCopy", "false")))
              .start();
      NodeCache one = caches.node(1).cache("c");
      one.burst("k", 3);
      one.put("k1", "again");
      one.putObject("object");
      one.remove("k2");
      one.remove("never there");
      one.putQuiet("quiet", "v");
      one.removeAll();
      one.put("last", "v");
      assertThat(caches.node(2).cache("c").contents()).isEqualTo(Map.of("last", "v"));

      Scrape here = caches.node(1).scrape();
      // Two removals: to remove what is not there is told, too.
      assertThat(events(here))
          .isEqualTo(
              Map.of("local put", 5, "local update", 1, "local remove", 2, "local remove_all", 1));
      assertThat(sent(here)).isEqualTo(Map.of("put", 5, "remove", 2, "remove_all", 1));
      assertThat(dropped(here)).isEqualTo(Map.of("not_serializable", 1));
      assertThat(failures(here)).isEmpty();
      String peer = caches.node(2).address();
      assertThat(
              counts(
                  here, "ehcache_replication_sent_total", "peer", "cluster", "cache", "operation"))
          .containsKey(peer + " shop c remove_all");
      assertThat(here.value("ehcache_replication_delay_seconds_count", "peer", peer)).isEqualTo(8);
      assertThat(here.value("ehcache_replication_peers", "cache", "c")).isEqualTo(1);
      assertThat(here.value("ehcache_cache_elements", "cache", "c")).isEqualTo(1);
      assertThat(here.value("ehcache_replication_waiting_seconds", "peer", peer)).isZero();
      assertThat(here.absent("ehcache_replication_queue_elements")).isTrue();
      assertThat(here.absent("ehcache_replication_peer_heartbeat_age_seconds")).isTrue();

      Scrape there = caches.node(2).scrape();
      assertThat(events(there))
          .isEqualTo(
              Map.of(
                  "remote put", 4, "remote update", 1, "remote remove", 2, "remote remove_all", 1));
      assertThat(received(there)).isEqualTo(Map.of("put", 5, "remove", 2, "remove_all", 1));
      assertThat(sent(there)).isEmpty();
      assertThat(there.value("ehcache_cache_elements", "cache", "c")).isEqualTo(1);
      for (Scrape scrape : new Scrape[] {here, there}) {
        assertThat(count(scrape, "tribescope_agent_advice_errors_total")).isZero();
        assertThat(scrape.samples("tribescope_agent_hook_status"))
            .allSatisfy(hook -> assertThat(hook.labels()).containsEntry("status", "applied"));
      }
      // They started at once: one of them can have found the other, or neither.
      assertThat(sum(bootstraps(here))).isEqualTo(1);
      assertThat(sum(bootstraps(there))).isEqualTo(1);
      updatesByInvalidation(caches);
    }
  }

  /** Puts still go by copy; an update takes the key from the other node before it returns. */
  private static void updatesByInvalidation(Caches caches) {
    NodeCache one = caches.node(1).cache("i");
    NodeCache two = caches.node(2).cache("i");
    one.burst("k", 4);
    assertThat(two.keys()).isEqualTo(Set.of("k1", "k2", "k3", "k4"));
    one.put("k1", "again");
    assertThat(two.keys()).isEqualTo(Set.of("k2", "k3", "k4"));
    // The other node no longer holds it, and is told all the same.
    one.put("k1", "and again");
    // Only the key travels.
    one.putObject("k2");
    one.remove("k3");
    assertThat(two.contents()).isEqualTo(Map.of("k4", "k4"));

    Scrape here = caches.node(1).scrape();
    assertThat(ofInvalidated(here, "events", "origin", "operation"))
        .isEqualTo(Map.of("i local put", 4, "i local update", 3, "i local remove", 1));
    assertThat(ofInvalidated(here, "sent", "operation"))
        .isEqualTo(Map.of("i put", 4, "i remove", 4));
    assertThat(ofInvalidated(here, "dropped", "reason")).isEmpty();
    assertThat(failures(here)).isEmpty();
    Scrape there = caches.node(2).scrape();
    assertThat(ofInvalidated(there, "events", "origin", "operation"))
        .isEqualTo(Map.of("i remote put", 4, "i remote remove", 4));
    assertThat(ofInvalidated(there, "received", "operation"))
        .isEqualTo(Map.of("i put", 4, "i remove", 4));
  }

  private static Map<String, Integer> ofInvalidated(Scrape scrape, String what, String... by) {
    String[] labels = Stream.concat(Stream.of("cache"), Stream.of(by)).toArray(String[]::new);
    Map<String, Integer> all = counts(scrape, "ehcache_replication_" + what + "_total", labels);
    all.keySet().removeIf(key -> !key.startsWith("i "));
    return all;
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Test
  void asynchronouslyByInvalidationWithMulticast() {
    try (Bed bed = Bed.open("cache-async")) {
      asynchronous(bed.caches());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.6.2", "2.4.3", "2.5.7", "2.6.11"})
  @Tag("full")
  void asynchronouslyByInvalidationOnEveryVersion(String version) {
    try (Bed bed = Bed.open("cache-async-" + version)) {
      asynchronous(bed.caches().version(version));
    }
  }

  @Test
  void onJava25() {
    Assumptions.assumeTrue(Files.isDirectory(JAVA_25), JAVA_25 + " is not installed");
    try (Bed bed = Bed.open("cache-java-25")) {
      asynchronous(bed.caches().each(node -> node.javaHome(JAVA_25)));
    }
  }

  private static void asynchronous(CachesBuilder builder) {
    Caches caches =
        builder
            .agent(Product.AGENT, "cluster=shop")
            .each(node -> node.heartbeat(1000))
            .configuration(
                CacheConfiguration.of("m")
                    .multicast()
                    .cache(CacheSpec.named("c").asynchronous(100).invalidating()))
            .start();
    String peer = caches.node(2).address();
    for (int node = 1; node <= 2; node++) {
      awaitScrape(
          caches.node(node),
          DEADLINE,
          scrape -> assertThat(scrape.value("ehcache_replication_peers")).isEqualTo(1));
    }
    NodeCache one = caches.node(1).cache("c");
    NodeCache two = caches.node(2).cache("c");
    two.putQuiet("k", "old");
    two.putQuiet("held", "v");
    one.put("k", "v1");
    one.put("k", "v2");
    one.burst("b", 1200);
    one.remove("b7");
    two.awaitAbsent("k");

    Scrape here =
        awaitScrape(
            caches.node(1),
            DEADLINE,
            scrape -> {
              assertThat(sent(scrape)).isEqualTo(Map.of("remove", 1203));
              assertThat(scrape.value("ehcache_replication_queue_elements")).isZero();
            });
    assertThat(events(here))
        .isEqualTo(Map.of("local put", 1201, "local update", 1, "local remove", 1));
    assertThat(failures(here)).isEmpty();
    assertThat(dropped(here)).isEmpty();
    assertThat(here.value("ehcache_replication_delay_seconds_count", "peer", peer)).isEqualTo(1203);
    assertThat(here.value("ehcache_replication_peer_heartbeat_age_seconds", "peer", peer))
        .isBetween(0.0, 2.1);
    assertThat(bootstraps(here)).isEmpty();
    assertThat(here.value("ehcache_cache_elements")).isEqualTo(1200);

    Scrape there = caches.node(2).scrape();
    assertThat(received(there)).isEqualTo(Map.of("remove", 1203));
    assertThat(events(there)).isEqualTo(Map.of("remote remove", 1203));
    assertThat(there.value("ehcache_cache_elements")).isEqualTo(1);
    assertThat(two.contents()).isEqualTo(Map.of("held", "v"));

    // A removal of all waits in its place among the others.
    one.put("before", "v");
    one.removeAll();
    one.put("after", "v");
    here =
        awaitScrape(
            caches.node(1),
            DEADLINE,
            scrape -> assertThat(sent(scrape)).isEqualTo(Map.of("remove", 1205, "remove_all", 1)));
    assertThat(events(here))
        .isEqualTo(
            Map.of("local put", 1203, "local update", 1, "local remove", 1, "local remove_all", 1));
    assertThat(failures(here)).isEmpty();
    assertThat(dropped(here)).isEmpty();
    assertThat(here.value("ehcache_replication_delay_seconds_count", "peer", peer)).isEqualTo(1206);
    there = caches.node(2).scrape();
    assertThat(received(there)).isEqualTo(Map.of("remove", 1205, "remove_all", 1));
    assertThat(events(there)).isEqualTo(Map.of("remote remove", 1205, "remote remove_all", 1));
    assertThat(one.contents()).isEqualTo(Map.of("after", "v"));
    assertThat(two.size()).isZero();
    assertThat(count(here, "tribescope_agent_advice_errors_total")).isZero();
    assertThat(count(there, "tribescope_agent_advice_errors_total")).isZero();
  }

  /** A cache that is not replicated loads Ehcache's listeners before the agent has woken. */
  @Test
  void afterAManagerWithoutReplication() {
    try (Bed bed = Bed.open("cache-early")) {
      Caches caches =
          bed.caches()
              .agent(Product.AGENT, "cluster=shop")
              .configuration(
                  CacheConfiguration.of("plain")
                      .undistributed()
                      .cache(CacheSpec.named("alone").unreplicated()))
              .configuration(CacheConfiguration.of("m").cache(CacheSpec.named("c")))
              .start();
      awaitScrape(
          caches.node(1),
          DEADLINE,
          scrape ->
              assertThat(scrape.samples("tribescope_agent_hook_status", "hook", "cache-put"))
                  .hasSize(1));
      caches.node(1).cache("plain", "alone").burst("k", 4);
      caches.node(1).cache("m", "c").burst("k", 3);
      caches.node(1).cache("m", "c").remove("k1");

      Scrape scrape = caches.node(1).scrape();
      assertThat(events(scrape)).isEqualTo(Map.of("local put", 3, "local remove", 1));
      assertThat(sent(scrape)).isEqualTo(Map.of("put", 3, "remove", 1));
      assertThat(scrape.samples("ehcache_cache_elements"))
          .allSatisfy(sample -> assertThat(sample.labels()).containsEntry("manager", "m"));
      assertThat(caches.node(2).cache("m", "c").size()).isEqualTo(2);
    }
  }
}
