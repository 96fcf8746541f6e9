package io.tribescope.testbed.network;

import io.tribescope.testbed.machine.TestBedException;

/** All hosts are 127.0.0.1; they differ by port. */
final class LoopbackNetwork extends Network {
  private final String reason;

  /**
   * Makes it.
   *
   * @param reason why there are no namespaces, for the message of a cut
   */
  LoopbackNetwork(String reason) {
    this.reason = reason;
  }

  @Override
  public Host addHost() {
    return new Host("127.0.0.1", null);
  }

  @Override
  public int multicastPort() {
    return Ports.free();
  }

  @Override
  public boolean canCut() {
    return false;
  }

  @Override
  public void heal() {}

  @Override
  void drop(Host from, Host to) {
    throw cannot();
  }

  @Override
  void refuse(Host from, Host to) {
    throw cannot();
  }

  @Override
  void lose(String text, Host from, Host to) {
    throw cannot();
  }

  @Override
  void breakAfter(String text, Host from, Host to) {
    throw cannot();
  }

  @Override
  void withdrawRoute(Host from, Host to) {
    throw cannot();
  }

  private TestBedException cannot() {
    return new TestBedException("links can be cut only between network namespaces: " + reason);
  }

  @Override
  void mend(Host from, Host to) {}
}
