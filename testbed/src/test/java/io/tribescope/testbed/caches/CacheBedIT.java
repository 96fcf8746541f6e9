package io.tribescope.testbed.caches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.machine.InstalledJava;
import io.tribescope.testbed.network.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("real")
class CacheBedIT {
  @Test
  void changesOfOneAreMadeByTheOther() {
    try (Bed bed = Bed.open("caches")) {
      replicates(bed.caches().start());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.6.2, 17",
    "2.4.3, 17",
    "2.5.7, 17",
    "2.6.11, 17",
    "1.6.2, 25",
    "2.4.3, 25",
    "2.5.7, 25",
    "2.6.11, 25",
    "2.10.9.2, 25"
  })
  @Tag("full")
  void changesOfOneAreMadeByTheOtherOnEveryVersion(String version, int java) {
    Optional<Path> home = InstalledJava.home(java);
    assumeThat(home).isPresent();
    try (Bed bed = Bed.open("caches-" + version)) {
      CachesBuilder caches = bed.caches().version(version);
      replicates(caches.each(node -> node.javaHome(home.get())).start());
    }
  }

  private static void replicates(Caches caches) {
    NodeCache one = caches.node(1).cache("cache");
    NodeCache two = caches.node(2).cache("cache");

    one.put("k", "v \"1\" \\ & <");
    assertThat(two.contents()).isEqualTo(Map.of("k", "v \"1\" \\ & <"));
    two.put("k", "v2");
    assertThat(one.get("k")).isEqualTo("v2");
    one.burst("b", 3);
    one.putQuiet("quiet", "v");
    assertThat(two.contents()).isEqualTo(Map.of("k", "v2", "b1", "b1", "b2", "b2", "b3", "b3"));
    assertThat(one.size()).isEqualTo(5);
    two.removeQuiet("b1");
    two.remove("b2");
    assertThat(one.keys()).containsExactly("b1", "b3", "k", "quiet");
    two.removeAll();
    assertThat(one.contents()).isEmpty();
    assertThat(one.peers()).isEqualTo(1);
  }

  @Test
  void multicastAndAsynchronousInvalidation() {
    try (Bed bed = Bed.open("caches-multicast")) {
      Caches caches =
          bed.caches()
              .each(node -> node.heartbeat(1000))
              .configuration(
                  CacheConfiguration.of("m")
                      .multicast()
                      .cache(CacheSpec.named("c").asynchronous(100).invalidating()))
              .start();
      caches.awaitMesh("c");
      NodeCache one = caches.node(1).cache("c");
      NodeCache two = caches.node(2).cache("c");

      two.putQuiet("a", "old");
      two.putQuiet("b", "other");
      one.put("a", "new");
      two.awaitAbsent("a");
      assertThat(two.contents()).isEqualTo(Map.of("b", "other"));
      one.remove("b");
      two.awaitSize(0);
      assertThat(one.contents()).isEqualTo(Map.of("a", "new"));
    }
  }

  @Test
  void killedOneComesBackWithWhatTheOtherHolds() {
    try (Bed bed = Bed.open("caches-bootstrap")) {
      Caches caches =
          bed.caches()
              .configuration(
                  CacheConfiguration.of("m").cache(CacheSpec.named("c").bootstrap(false)))
              .start();
      CacheNode two = caches.node(2);
      NodeCache one = caches.node(1).cache("c");
      one.burst("k", 100);
      two.kill();
      one.put("missed", "v");
      two.start();

      assertThat(two.cache("c").contents()).isEqualTo(one.contents()).hasSize(101);
      two.stop();
      assertThat(two.isRunning()).isFalse();
      two.start();
      assertThat(two.cache("c").size()).isEqualTo(101);
    }
  }

  @Test
  void cutLinkLosesWhatIsPutMeanwhile() {
    try (Bed bed = Bed.open("caches-cut")) {
      assumeThat(bed.network().canCut()).isTrue();
      Caches caches = bed.caches().start();
      NodeCache one = caches.node(1).cache("cache");
      NodeCache two = caches.node(2).cache("cache");
      one.put("before", "v");

      bed.network().refuse(caches.node(1), caches.node(2));
      one.put("during", "v");
      bed.network().heal();
      one.put("after", "v");

      assertThat(two.contents()).isEqualTo(Map.of("before", "v", "after", "v"));
    }
  }

  @Test
  void frozenPeerBlocksOneOperationAndNoOther() {
    try (Bed bed = Bed.open("caches-frozen")) {
      Caches caches = bed.caches().start();
      NodeCache one = caches.node(1).cache("cache");
      caches.node(2).freeze();

      CompletableFuture<Duration> put = CompletableFuture.supplyAsync(() -> one.put("k", "v"));
      one.awaitHeld("k", "v");
      assertThat(put).isNotDone();
      caches.node(2).resume();

      put.join();
      assertThat(caches.node(2).cache("cache").get("k")).isEqualTo("v");
    }
  }

  @Test
  void valuesThatCannotCross() {
    try (Bed bed = Bed.open("caches-values")) {
      Caches caches =
          bed.caches()
              .nodes(3)
              .node(2, node -> node.jvm("-Djdk.serialFilter=!" + CacheNode.REJECTABLE))
              .node(3, node -> node.jvm("-Djdk.serialFilter=!net.sf.ehcache.Element"))
              .start();
      NodeCache one = caches.node(1).cache("cache");
      NodeCache two = caches.node(2).cache("cache");
      NodeCache three = caches.node(3).cache("cache");
      three.put("old", "v");
      one.putUnserializable("u");
      one.putObject("o");
      one.putRejectable("r");
      one.put("k", "v");

      assertThat(one.size()).isEqualTo(5);
      assertThat(two.contents()).isEqualTo(Map.of("old", "v", "k", "v"));
      assertThat(three.contents()).isEqualTo(Map.of("old", "v"));
      one.remove("old");
      assertThat(three.contents()).isEmpty();
      two.putRejectable("k");
      assertThat(one.get("k")).isEqualTo("rejectable");
    }
  }

  @Test
  void clearedSoftReferencesLoseWhatIsQueued() {
    try (Bed bed = Bed.open("caches-soft")) {
      Caches caches =
          bed.caches()
              .configuration(
                  CacheConfiguration.of("m").cache(CacheSpec.named("c").asynchronous(2000)))
              .start();
      NodeCache one = caches.node(1).cache("c");
      NodeCache two = caches.node(2).cache("c");
      // What is held now was sent this moment, so that nothing more is for 2 s.
      one.put("first", "v");
      two.awaitHeld("first", "v");
      one.burst("k", 50);
      caches.node(1).clearSoftReferences();
      one.remove("first");
      two.awaitAbsent("first");

      assertThat(two.contents()).isEmpty();
      assertThat(one.size()).isEqualTo(50);
    }
  }

  @Test
  void managersOfOneJvmGoDownAndUpByThemselves() {
    try (Bed bed = Bed.openOnLoopback("caches-managers")) {
      Caches caches =
          bed.caches()
              .configuration(
                  CacheConfiguration.of("a")
                      .cache(CacheSpec.named("c"))
                      .cache(CacheSpec.named("alone").unreplicated()))
              .configuration(CacheConfiguration.of("b").cache(CacheSpec.named("c")))
              .start();
      CacheNode two = caches.node(2);
      NodeCache a = caches.node(1).cache("c");
      NodeCache b = caches.node(1).cache("b", "c");
      a.put("k", "a");
      b.put("k", "b");
      caches.node(1).cache("alone").put("k", "v");
      assertThat(two.cache("a", "c").contents()).isEqualTo(Map.of("k", "a"));
      assertThat(two.cache("b", "c").contents()).isEqualTo(Map.of("k", "b"));
      assertThat(two.cache("alone").size()).isZero();

      two.shutdownManager("b");
      assertThatThrownBy(() -> two.cache("b", "c").size()).hasMessageContaining("b is not up");
      b.put("lost", "b");
      a.put("kept", "a");
      two.startManager("b");
      assertThat(two.cache("b", "c").contents()).isEmpty();
      assertThat(two.cache("a", "c").keys()).containsExactly("k", "kept");
      two.restartManager("a");
      b.put("again", "b");
      assertThat(two.cache("b", "c").contents()).isEqualTo(Map.of("again", "b"));
    }
  }

  @Test
  void managerThatRestartsQuicklyIsNotFoundAgain() {
    try (Bed bed = Bed.open("caches-restart")) {
      Caches caches =
          bed.caches()
              .each(node -> node.heartbeat(1000))
              .configuration(CacheConfiguration.of("m").multicast().cache(CacheSpec.named("c")))
              .start();
      caches.awaitMesh("c");
      NodeCache one = caches.node(1).cache("c");
      NodeCache two = caches.node(2).cache("c");
      one.put("before", "v");
      assertThat(two.size()).isEqualTo(1);

      caches.node(2).restartManager("m");
      // Either has heard of the other since.
      caches.awaitMesh("c");
      one.put("after", "v");
      two.put("back", "v");

      assertThat(two.keys()).containsExactly("back");
      assertThat(one.keys()).containsExactly("after", "back", "before");
    }
  }

  @Test
  void portThatBeginsLikeAnothersHidesIt() {
    try (Bed bed = Bed.openOnLoopback("caches-ports")) {
      int longer = Ports.free();
      CacheConfiguration configuration =
          CacheConfiguration.of("m")
              .multicast()
              .port(node -> node.number() == 1 ? longer / 10 : longer)
              .cache(CacheSpec.named("c"));
      Caches caches =
          bed.caches().each(node -> node.heartbeat(1000)).configuration(configuration).start();
      NodeCache one = caches.node(1).cache("c");
      NodeCache two = caches.node(2).cache("c");
      two.awaitPeers(1);
      one.put("one", "v");
      two.put("two", "v");

      assertThat(one.keys()).containsExactly("one", "two");
      assertThat(two.keys()).containsExactly("two");
      assertThat(one.peers()).isZero();
    }
  }

  @Test
  void managersOfOneGroupMixTheirCaches() {
    try (Bed bed = Bed.open("caches-mixed")) {
      Caches caches =
          bed.caches()
              .nodes(1)
              .each(node -> node.heartbeat(1000))
              .configuration(onOnePort("hibernate"))
              .configuration(onOnePort("audit"))
              .start();
      NodeCache audit = caches.node(1).cache("audit", "c");
      audit.awaitPeers(1);
      audit.put("k", "v");

      assertThat(caches.node(1).cache("hibernate", "c").contents()).isEqualTo(Map.of("k", "v"));
    }
  }

  /** Of two that want the same port the second takes another; it is the group that mixes them. */
  private static CacheConfiguration onOnePort(String manager) {
    return CacheConfiguration.of(manager)
        .multicast()
        .port(node -> node.port("shared"))
        .cache(CacheSpec.named("c"));
  }
}
