package io.tribescope.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** Which layer may know which: the rest of the agent follows from what stands where. */
@AnalyzeClasses(
    packages = "io.tribescope.agent",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.tribescope.agent.";

  // The system loader sees these two packages and no others: they stand alone.
  @ArchTest static final ArchRule BRIDGE = layer("bridge");
  @ArchTest static final ArchRule PREMAIN = layer("premain");

  @ArchTest static final ArchRule HOOKS = layer("hooks", "bridge");
  @ArchTest static final ArchRule RECORDING = layer("recording", "bridge");
  @ArchTest static final ArchRule TOMCAT = layer("tomcat", "recording", "reads");
  @ArchTest static final ArchRule EHCACHE = layer("ehcache");
  @ArchTest static final ArchRule READS = layer("reads");
  @ArchTest static final ArchRule PROBE = layer("probe", "recording", "tomcat", "bridge");
  @ArchTest static final ArchRule LOGGING = layer("logging");

  @ArchTest static final ArchRule HTTP = layer("http");

  @ArchTest
  static final ArchRule METRICS =
      layer("metrics", "recording", "tomcat", "ehcache", "reads", "hooks", "bridge");

  @ArchTest
  static final ArchRule METRICS_KNOWS_OF_HOOKS_ONLY_THEIR_STATUS =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "metrics..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("io\\.tribescope\\.agent\\.hooks\\.(?!weaving\\.HookStatus).*");

  // A subject's room knows no other; what several need stands on the ground floor.
  @ArchTest
  static final ArchRule ROOMS_OF_METRICS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("ground")
          .definedBy(ROOT + "metrics")
          .layer("cluster")
          .definedBy(ROOT + "metrics.cluster..")
          .layer("sessions")
          .definedBy(ROOT + "metrics.sessions..")
          .layer("caches")
          .definedBy(ROOT + "metrics.caches..")
          .layer("node")
          .definedBy(ROOT + "metrics.node..")
          .whereLayer("node")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("cluster")
          .mayOnlyBeAccessedByLayers("node")
          .whereLayer("sessions")
          .mayOnlyBeAccessedByLayers("node")
          .whereLayer("caches")
          .mayOnlyBeAccessedByLayers("node");

  @ArchTest
  static final ArchRule EVERY_METRIC_STANDS_IN_A_ROOM =
      classes()
          .that()
          .resideInAPackage(ROOT + "metrics..")
          .should()
          .resideInAnyPackage(
              ROOT + "metrics",
              ROOT + "metrics.cluster",
              ROOT + "metrics.sessions",
              ROOT + "metrics.caches",
              ROOT + "metrics.node");

  // The bridge is seen where its library is not; recordings are measured without any library.
  @ArchTest
  static final ArchRule ONLY_METRICS_KNOWS_HOW_METRICS_ARE_DECLARED =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "metrics..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.tribescope.metrics..");

  @ArchTest
  static final ArchRule NOTHING_KNOWS_START =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "start..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "start..");

  // The others live where Tomcat's and the application's classes are not to be seen.
  @ArchTest
  static final ArchRule ONLY_HOOKS_TOUCH_WHAT_THEY_OBSERVE_AND_BYTE_BUDDY =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "hooks..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache..", "net.sf.ehcache..", "net.bytebuddy..");

  @ArchTest
  static final ArchRule RECORDING_IS_PLAIN_JAVA =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "recording..", ROOT + "bridge..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("java..", "org.jspecify..", "io.tribescope..");

  // Tomcat sets its log manager and its MBean server builder after premain; and NIO.2's default
  // provider is chosen at first use.
  @ArchTest
  static final ArchRule PREMAIN_TOUCHES_NOTHING_THAT_TOMCAT_SETS_UP =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "premain..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.logging..",
              "javax.management..",
              "java.lang.management..",
              "java.nio.file..");

  // A family of hooks knows how to be woven, and no other family; weaving knows no hook.
  @ArchTest static final ArchRule WEAVING = hookRoom("weaving");
  @ArchTest static final ArchRule TRIBES = hookRoom("tribes", "weaving");
  @ArchTest static final ArchRule EHCACHES_HOOKS = hookRoom("ehcache", "weaving");
  @ArchTest static final ArchRule JASPERREPORTS = hookRoom("jasperreports", "weaving");

  private static ArchRule hookRoom(String name, String... known) {
    return roomOf("hooks", Stream.of("ehcache", "jasperreports", "tribes", "weaving"), name, known);
  }

  // The rooms of recording, from the ground up: each knows those below it that it needs.
  @ArchTest static final ArchRule COUNTERS = room("counters");
  @ArchTest static final ArchRule MESSAGES = room("messages", "counters");
  @ArchTest static final ArchRule RECEIPTS = room("receipts", "counters");
  @ArchTest static final ArchRule MEMBERS = room("members", "counters", "messages", "receipts");

  @ArchTest
  static final ArchRule SESSIONS = room("sessions", "counters", "messages", "receipts", "members");

  @ArchTest
  static final ArchRule CHANNELS =
      room("channels", "counters", "messages", "receipts", "members", "sessions");

  @ArchTest static final ArchRule CACHE = room("cache", "counters");

  @ArchTest
  static final ArchRule RECORDS_OF_CACHES_KNOW_NO_RECORDING =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "recording.cache.records")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "recording.cache");

  @ArchTest
  static final ArchRule CACHES_STAND_BESIDE_TOMCATS_CLUSTERS =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "recording")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "recording.cache..");

  private static ArchRule room(String name, String... known) {
    return roomOf(
        "recording",
        Stream.of("cache", "channels", "counters", "members", "messages", "receipts", "sessions"),
        name,
        known);
  }

  /** Of its layer, a room knows itself and those named, and nothing that stands above. */
  private static ArchRule roomOf(String layer, Stream<String> rooms, String name, String... known) {
    Stream<String> others =
        rooms
            .filter(room -> !room.equals(name) && !Arrays.asList(known).contains(room))
            .map(room -> ROOT + layer + "." + room + "..");
    return noClasses()
        .that()
        .resideInAPackage(ROOT + layer + "." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(Stream.concat(Stream.of(ROOT + layer), others).toArray(String[]::new));
  }

  /** Of ours, a layer knows itself and those named, and nothing else. */
  private static ArchRule layer(String name, String... known) {
    String[] others =
        Stream.of(
                "bridge",
                "ehcache",
                "hooks",
                "http",
                "logging",
                "metrics",
                "premain",
                "probe",
                "reads",
                "recording",
                "start",
                "tomcat")
            .filter(layer -> !layer.equals(name) && !Arrays.asList(known).contains(layer))
            .map(layer -> ROOT + layer + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  @ArchTest
  static final ArchRule EVERY_CLASS_STANDS_IN_A_LAYER =
      classes()
          .should()
          .resideInAnyPackage(
              ROOT + "bridge..",
              ROOT + "ehcache..",
              ROOT + "hooks..",
              ROOT + "http..",
              ROOT + "logging..",
              ROOT + "metrics..",
              ROOT + "premain..",
              ROOT + "probe..",
              ROOT + "reads..",
              ROOT + "recording..",
              ROOT + "start..",
              ROOT + "tomcat..");
}
