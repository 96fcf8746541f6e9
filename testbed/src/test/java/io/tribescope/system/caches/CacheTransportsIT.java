package io.tribescope.system.caches;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.count;
import static io.tribescope.system.caches.CacheScrapes.counts;
import static io.tribescope.system.caches.CacheScrapes.dropped;
import static io.tribescope.system.caches.CacheScrapes.events;
import static io.tribescope.system.caches.CacheScrapes.failures;
import static io.tribescope.system.caches.CacheScrapes.received;
import static io.tribescope.system.caches.CacheScrapes.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.caches.Broker;
import io.tribescope.testbed.caches.CacheConfiguration;
import io.tribescope.testbed.caches.CacheSpec;
import io.tribescope.testbed.caches.CacheTransport;
import io.tribescope.testbed.caches.Caches;
import io.tribescope.testbed.caches.NodeCache;
import io.tribescope.testbed.clients.Scrape;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Caches that are replicated over a topic of JMS, or in a group of JGroups. */
@Tag("real")
class CacheTransportsIT {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String NEWEST = "2.10.9.2";
  private static final int INTERVAL_MILLIS = 4000;
  private static final String QUEUE = "ehcache_replication_queue_elements";
  private static final String WAITING = "ehcache_replication_waiting_seconds";
  private static final String PEERS = "ehcache_replication_peers";

  private static Caches caches(Bed bed, CacheTransport transport, CacheSpec... specs) {
    return caches(bed, NEWEST, transport, specs);
  }

  private static Caches caches(
      Bed bed, String version, CacheTransport transport, CacheSpec... specs) {
    CacheConfiguration manager = CacheConfiguration.of("m").over(transport);
    for (CacheSpec spec : specs) {
      manager.cache(spec);
    }
    Caches caches =
        bed.caches()
            .version(version)
            .agent(Product.AGENT, "cluster=shop")
            .configuration(manager)
            .create();
    // One joins the other.
    caches.node(1).start();
    caches.node(2).start();
    return caches;
  }

  @Test
  void overJms() {
    jms(NEWEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.5.7", "2.6.11"})
  @Tag("full")
  void overJmsOnEveryVersion(String version) {
    jms(version);
  }

  private static void jms(String version) {
    try (Bed bed = Bed.open("cache-jms-" + version)) {
      Caches caches =
          caches(
              bed, version, CacheTransport.jms(bed.broker()), CacheSpec.named("c"), slow("queued"));
      changesOfEachKind(caches, "jms");
      assertThat(caches.node(1).scrape().absent(PEERS)).isTrue();
    }
  }

  @Test
  void overJGroups() {
    jgroups(NEWEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.5.7", "2.6.11"})
  @Tag("full")
  void overJGroupsOnEveryVersion(String version) {
    jgroups(version);
  }

  private static void jgroups(String version) {
    try (Bed bed = Bed.open("cache-jgroups-" + version)) {
      Caches caches =
          caches(bed, version, CacheTransport.jgroups(), CacheSpec.named("c"), slow("queued"));
      changesOfEachKind(caches, "jgroups");
      assertThat(caches.node(1).scrape().value(PEERS, "cache", "c")).isEqualTo(1);
      assertThat(caches.node(1).scrape().absent("ehcache_bootstrap_total")).isTrue();
      caches.node(2).kill();
      awaitScrape(
          caches.node(1), DEADLINE, seen -> assertThat(seen.value(PEERS, "cache", "c")).isZero());
    }
  }

  /** A cache whose changes wait, which is the time that a test has to do something to them. */
  private static CacheSpec slow(String name) {
    return CacheSpec.named(name).asynchronous(INTERVAL_MILLIS);
  }

  private static void changesOfEachKind(Caches caches, String peer) {
    NodeCache one = caches.node(1).cache("c");
    NodeCache two = caches.node(2).cache("c");
    one.burst("k", 3);
    one.put("k1", "again");
    one.putObject("object");
    one.remove("k2");
    one.remove("never there");
    one.putQuiet("quiet", "v");
    one.removeAll();
    one.put("last", "v");
    two.awaitHeld("last", "v");
    assertThat(two.size()).isEqualTo(1);

    Scrape here = caches.node(1).scrape();
    assertThat(events(here))
        .isEqualTo(
            Map.of("local put", 5, "local update", 1, "local remove", 2, "local remove_all", 1));
    assertThat(sentTo(here))
        .isEqualTo(
            Map.of(
                "c " + peer + " put",
                5,
                "c " + peer + " remove",
                2,
                "c " + peer + " remove_all",
                1));
    assertThat(dropped(here)).isEqualTo(Map.of("not_serializable", 1));
    assertThat(failures(here)).isEmpty();
    assertThat(received(here)).isEmpty();
    assertThat(here.value(WAITING, "cache", "c", "peer", peer)).isZero();
    assertThat(here.absent(QUEUE, "cache", "c")).isTrue();
    assertThat(here.absent("ehcache_replication_delay_seconds_count")).isTrue();
    Scrape there =
        awaitScrape(
            caches.node(2),
            DEADLINE,
            seen ->
                assertThat(received(seen))
                    .isEqualTo(Map.of("put", 5, "remove", 2, "remove_all", 1)));
    // What was not there to be removed makes an event over JMS alone.
    int removals = peer.equals("jms") ? 2 : 1;
    assertThat(events(there))
        .isEqualTo(
            Map.of(
                "remote put", 4,
                "remote update", 1,
                "remote remove", removals,
                "remote remove_all", 1));
    assertThat(sent(there)).isEmpty();

    inAQueue(caches, peer);
    for (int node = 1; node <= 2; node++) {
      Scrape scrape = caches.node(node).scrape();
      assertThat(count(scrape, "tribescope_agent_advice_errors_total")).isZero();
      assertThat(scrape.samples("tribescope_agent_hook_status"))
          .allSatisfy(hook -> assertThat(hook.labels()).containsEntry("status", "applied"));
    }
  }

  private static Map<String, Integer> sentTo(Scrape scrape) {
    return counts(scrape, "ehcache_replication_sent_total", "cache", "peer", "operation");
  }

  /** More than go in one message of JGroups, of all operations. */
  private static void inAQueue(Caches caches, String peer) {
    NodeCache one = caches.node(1).cache("queued");
    NodeCache two = caches.node(2).cache("queued");
    // What is held now was sent this moment, so that nothing more is for an interval.
    one.put("first", "v");
    two.awaitHeld("first", "v");
    one.burst("k", 250);
    one.remove("first");
    one.removeAll();
    one.put("last", "v");
    assertThat(caches.node(1).scrape().value(QUEUE, "cache", "queued")).isEqualTo(253);
    two.awaitHeld("last", "v");
    assertThat(two.size()).isEqualTo(1);

    Scrape here =
        awaitScrape(
            caches.node(1),
            DEADLINE,
            seen -> assertThat(seen.value(QUEUE, "cache", "queued")).isZero());
    assertThat(eventsOfQueued(here))
        .isEqualTo(
            Map.of(
                "queued local put", 252, "queued local remove", 1, "queued local remove_all", 1));
    Map<String, Integer> changes =
        Map.of("queued put", 252, "queued remove", 1, "queued remove_all", 1);
    assertThat(ofQueued(counts(here, "ehcache_replication_sent_total", "cache", "operation")))
        .isEqualTo(changes);
    assertThat(sentTo(here)).containsEntry("queued " + peer + " remove_all", 1);
    assertThat(failures(here)).isEmpty();
    assertThat(ofQueued(droppedOf(here))).isEmpty();
    // The last one is held before it is counted.
    Scrape there =
        awaitScrape(
            caches.node(2),
            DEADLINE,
            seen ->
                assertThat(
                        ofQueued(
                            counts(
                                seen, "ehcache_replication_received_total", "cache", "operation")))
                    .isEqualTo(changes));
    assertThat(eventsOfQueued(there))
        .isEqualTo(
            Map.of(
                "queued remote put",
                252,
                "queued remote remove",
                1,
                "queued remote remove_all",
                1));
  }

  private static Map<String, Integer> eventsOfQueued(Scrape scrape) {
    return ofQueued(
        counts(scrape, "ehcache_replication_events_total", "cache", "origin", "operation"));
  }

  private static Map<String, Integer> ofQueued(Map<String, Integer> all) {
    all.keySet().removeIf(key -> !key.startsWith("queued "));
    return all;
  }

  @Test
  void aBrokerThatHangsAndEnds() {
    try (Bed bed = Bed.open("cache-jms-broker")) {
      Broker broker = bed.broker();
      Caches caches =
          caches(
              bed,
              CacheTransport.jms(broker),
              CacheSpec.named("sync"),
              CacheSpec.named("async").asynchronous(100));
      NodeCache sync = caches.node(1).cache("sync");
      NodeCache async = caches.node(1).cache("async");
      broker.freeze();
      CompletableFuture<Duration> put = CompletableFuture.supplyAsync(() -> sync.put("k", "v"));
      awaitScrape(
          caches.node(1),
          DEADLINE,
          seen -> assertThat(seen.value(WAITING, "cache", "sync")).isGreaterThan(0.5));
      assertThat(put).isNotDone();
      assertThat(sent(caches.node(1).scrape())).isEmpty();
      broker.resume();
      put.join();
      caches.node(2).cache("sync").awaitHeld("k", "v");
      assertThat(sentTo(caches.node(1).scrape())).isEqualTo(Map.of("sync jms put", 1));

      broker.close();
      for (int i = 1; i <= 4; i++) {
        String key = "k" + i;
        assertThatThrownBy(() -> sync.put(key, "v")).hasMessageContaining("CacheException");
      }
      async.burst("k", 5);
      Scrape scrape =
          awaitScrape(
              caches.node(1),
              DEADLINE,
              seen ->
                  assertThat(failuresOf(seen))
                      .isEqualTo(Map.of("sync jms unreachable", 4, "async jms unreachable", 5)));
      assertThat(sentTo(scrape)).isEqualTo(Map.of("sync jms put", 1));
      assertThat(dropped(scrape)).isEmpty();
      assertThat(scrape.value(QUEUE, "cache", "async")).isZero();
      assertThat(scrape.value(WAITING, "cache", "sync", "peer", "jms")).isZero();
    }
  }

  private static Map<String, Integer> failuresOf(Scrape scrape) {
    return counts(scrape, "ehcache_replication_failures_total", "cache", "peer", "reason");
  }

  private static Map<String, Integer> droppedOf(Scrape scrape) {
    return counts(scrape, "ehcache_replication_dropped_total", "cache", "reason");
  }

  @Test
  void whatJmsLosesOnItsWay() {
    try (Bed bed = Bed.open("cache-jms-losses")) {
      Caches caches = caches(bed, CacheTransport.jms(bed.broker()), slow("c"), slow("d"));
      losses(caches);
      // Each before the bad one was sent; all after it ended with it.
      Scrape here =
          awaitScrape(
              caches.node(1),
              DEADLINE,
              seen -> assertThat(failuresOf(seen)).isEqualTo(Map.of("d jms serialization", 1)));
      assertThat(droppedOf(here)).isEqualTo(Map.of("c collected", 50, "d error", 3));
      assertThat(sentTo(here)).isEqualTo(Map.of("c jms put", 51, "d jms put", 3));
      assertReceived(caches, Map.of("c put", 51, "d put", 3));

      // The manager ends its session before its caches flush what waits.
      caches.node(1).cache("c").burst("more", 7);
      caches.node(1).shutdownManager("m");
      assertThat(droppedOf(caches.node(1).scrape()))
          .isEqualTo(Map.of("c collected", 50, "d error", 3, "c shutdown", 7));
      assertReceived(caches, Map.of("c put", 51, "d put", 3));
    }
  }

  /** The session is closed long before the caches end, and under the hands of their threads. */
  @Test
  void aManagerThatIsShutDownWhileItSends() {
    int changes = 2000;
    try (Bed bed = Bed.open("cache-jms-shutdown")) {
      Caches caches =
          caches(bed, CacheTransport.jms(bed.broker()), CacheSpec.named("c").asynchronous(20));
      caches.node(1).cache("c").burst("k", changes);
      caches.node(1).shutdownManager("m");
      Scrape here =
          awaitScrape(
              caches.node(1),
              DEADLINE,
              seen ->
                  assertThat(
                          count(seen, "ehcache_replication_sent_total")
                              + count(seen, "ehcache_replication_dropped_total"))
                      .isEqualTo(changes));
      assertThat(failures(here)).isEmpty();
      assertThat(dropped(here)).containsOnlyKeys("shutdown");
      assertReceived(caches, Map.of("c put", (int) count(here, "ehcache_replication_sent_total")));
    }
  }

  @Test
  void whatJGroupsLosesOnItsWay() {
    try (Bed bed = Bed.open("cache-jgroups-losses")) {
      Caches caches = caches(bed, CacheTransport.jgroups(), slow("c"), slow("d"));
      losses(caches);
      // One bad one is the end of all that is in the message with it, of whatever cache: the 50
      // that were put again, too.
      Scrape here =
          awaitScrape(
              caches.node(1),
              DEADLINE,
              seen ->
                  assertThat(failuresOf(seen))
                      .isEqualTo(
                          Map.of("c jgroups serialization", 50, "d jgroups serialization", 6)));
      assertThat(droppedOf(here)).isEqualTo(Map.of("c collected", 50));
      assertThat(sentTo(here)).isEqualTo(Map.of("c jgroups put", 1, "d jgroups put", 1));
      assertReceived(caches, Map.of("c put", 1, "d put", 1));

      // The manager flushes before it leaves the group.
      caches.node(1).cache("c").burst("more", 7);
      caches.node(1).shutdownManager("m");
      assertThat(droppedOf(caches.node(1).scrape())).isEqualTo(Map.of("c collected", 50));
      assertReceived(caches, Map.of("c put", 8, "d put", 1));
    }
  }

  /**
   * Puts 50 elements into c and again, so that nobody holds the first ones but the queue, and has
   * the soft references cleared; puts into d two that can be sent, one that cannot and three more.
   */
  private static void losses(Caches caches) {
    NodeCache c = caches.node(1).cache("c");
    NodeCache d = caches.node(1).cache("d");
    // What is held now was sent this moment, so that nothing more is for an interval.
    c.put("first", "v");
    d.put("first", "v");
    caches.node(2).cache("c").awaitHeld("first", "v");
    caches.node(2).cache("d").awaitHeld("first", "v");
    c.burst("k", 50);
    c.burst("k", 50);
    caches.node(1).clearSoftReferences();
    d.burst("k", 2);
    d.putUnserializable("bad");
    d.burst("later", 3);
    assertThat(caches.node(1).scrape().sum(QUEUE)).isEqualTo(106);
    awaitScrape(caches.node(1), DEADLINE, seen -> assertThat(seen.sum(QUEUE)).isZero());
  }

  private static void assertReceived(Caches caches, Map<String, Integer> expected) {
    awaitScrape(
        caches.node(2),
        DEADLINE,
        seen ->
            assertThat(counts(seen, "ehcache_replication_received_total", "cache", "operation"))
                .isEqualTo(expected));
  }
}
