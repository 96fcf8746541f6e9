package io.tribescope.testbed.nodes;

import io.tribescope.testbed.network.Host;

/** What one Tomcat is to be, while its cluster is being described. */
public final class NodeSpec extends JvmSpec<NodeSpec> {
  private final int httpPort;
  private final int ajpPort;
  private final int receiverPort;
  private String contextPath = Webapp.CONTEXT_PATH;

  NodeSpec(int number, Host host) {
    super(number, host);
    this.httpPort = host.port(8080);
    this.ajpPort = host.port(8009);
    this.receiverPort = host.port(4000);
  }

  @Override
  protected NodeSpec self() {
    return this;
  }

  /** Puts the application elsewhere than at {@code /app}: a node that lacks the others' context. */
  public NodeSpec contextPath(String path) {
    this.contextPath = path;
    return this;
  }

  String contextPath() {
    return contextPath;
  }

  int httpPort() {
    return httpPort;
  }

  int ajpPort() {
    return ajpPort;
  }

  int receiverPort() {
    return receiverPort;
  }
}
