package io.tribescope.testbed.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.testbed.network.Host;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NodeSpecTest {
  private static final Path JAR = Path.of("/a/agent.jar");

  private final NodeSpec node = new NodeSpec(2, new Host("198.18.0.12", "ts1-2"));

  @Test
  void agentServesAtTheNodesAddress() {
    assertThat(node.agent(JAR, "").jvm())
        .containsExactly("-javaagent:/a/agent.jar=host=198.18.0.12,port=9406");
    assertThat(node.agent(JAR, "cluster=c").jvm())
        .containsExactly("-javaagent:/a/agent.jar=host=198.18.0.12,port=9406,cluster=c");
  }

  @Test
  void addressThatTheOptionsNameIsLeftToThem() {
    assertThat(node.agent(JAR, "port=1,host=127.0.0.1").jvm())
        .containsExactly("-javaagent:/a/agent.jar=port=1,host=127.0.0.1");
  }

  @Test
  void ownFlagsComeLast() {
    assertThat(node.jvm("-Xmx1g").agent(JAR, "").jvm()).last().isEqualTo("-Xmx1g");
  }

  @Test
  void nodesOfOneAddressDifferByPort() {
    NodeSpec one = new NodeSpec(1, new Host("127.0.0.1", null));
    NodeSpec two = new NodeSpec(2, new Host("127.0.0.1", null));
    assertThat(one.httpPort()).isNotEqualTo(two.httpPort()).isNotEqualTo(one.ajpPort());
    assertThat(one.agentPort()).isNotEqualTo(two.agentPort());
    assertThat(one.receiverPort()).isNotEqualTo(two.receiverPort());
  }
}
