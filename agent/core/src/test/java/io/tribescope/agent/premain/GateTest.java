package io.tribescope.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.Stderr;
import java.lang.instrument.Instrumentation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Here the gate finds no jar behind it, so that opening it always fails: that shows on stderr. */
@SuppressWarnings("NullAway") // as the JVM does: null where there is no name, class or domain
class GateTest {
  private static final String CHANNEL = "org/apache/catalina/tribes/group/GroupChannel";
  private static final String CLUSTER = "org/apache/catalina/ha/tcp/SimpleTcpCluster";

  private static final String PEERS = "net/sf/ehcache/distribution/CacheManagerPeerProviderFactory";
  private static final Instrumentation NONE = null;

  private final Gate gate = new Gate("", NONE);

  @ParameterizedTest
  @NullSource // a hidden class has no name
  @ValueSource(
      strings = {
        "java/lang/String",
        "com/example/SimpleTcpCluster",
        "org/apache/catalina/ha/ClusterRuleSet",
        "org/apache/catalina/tribes/Channel",
        "org/apache/catalina/ha/tcp/SimpleTcpCluster$1",
        "org/apache/catalina/startup/Bootstrap",
        "net/sf/ehcache/Cache",
        "net/sf/ehcache/event/RegisteredEventListeners",
        "net/sf/ehcache/distribution/CacheReplicator",
      })
  void staysShutForWhatProvesNeitherClusterNorReplicatedCache(String name) {
    assertThat(Stderr.linesOf(() -> assertThat(pass(name)).isNull())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {CHANNEL, CLUSTER, PEERS})
  void aFailedStartLeavesTheClassAsItIsAndSaysSoOnce(String proof) {
    List<String> lines =
        Stderr.linesOf(
            () -> {
              assertThat(pass(proof)).isNull();
              assertThat(pass(CLUSTER)).isNull();
              assertThat(pass(CHANNEL)).isNull();
            });
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .startsWith("[tribescope] the agent could not start; Tomcat runs on without it: ");
  }

  @Test
  void takesAFlagWithoutOptions() {
    assertThat(new Gate(null, NONE).transform(loader(), "a/B", null, null, new byte[0])).isNull();
  }

  private byte[] pass(String name) {
    return gate.transform(loader(), name, null, null, new byte[0]);
  }

  private static ClassLoader loader() {
    return GateTest.class.getClassLoader();
  }
}
