package io.tribescope.testbed.network;

import io.tribescope.testbed.machine.TestBedException;

/**
 * The hosts of a bed and the links between them. With root rights every host is a network namespace
 * on one bridge, and links can be cut; otherwise every host is 127.0.0.1. The bed's own JVM, httpd
 * and Prometheus stay outside and reach every host, cut off or not.
 *
 * <p>Thread-safe.
 */
public abstract sealed class Network permits NamespaceNetwork, LoopbackNetwork {
  Network() {}

  /** Adds a host. */
  public abstract Host addHost();

  /** The UDP port of the multicast group for the next cluster, met by no other cluster. */
  public abstract int multicastPort();

  /**
   * Whether links can be cut. A test that needs it and is not tagged for root can assume it.
   *
   * @see #cut
   */
  public abstract boolean canCut();

  /**
   * Drops everything between two nodes, both ways, without either being told.
   *
   * @throws TestBedException on loopback
   */
  public final void cut(Hosted a, Hosted b) {
    cutOneWay(a, b);
    cutOneWay(b, a);
  }

  /**
   * Drops everything that {@code from} sends to {@code to}; what {@code to} sends still arrives.
   *
   * @throws TestBedException on loopback
   */
  public final void cutOneWay(Hosted from, Hosted to) {
    drop(from.host(), to.host());
  }

  /**
   * Resets every TCP connection from {@code from} to {@code to}, the old and the new, as a firewall
   * does that lets the heartbeats pass. What was written to one and had not arrived is lost.
   *
   * @throws TestBedException on loopback
   */
  public final void refuse(Hosted from, Hosted to) {
    refuse(from.host(), to.host());
  }

  /**
   * Loses a message from {@code from} to {@code to}: the one with that text never arrives, though
   * its sender's kernel took it, and its TCP connection is reset. Whatever is sent later arrives.
   *
   * @param text of one packet, so best short
   * @throws TestBedException on loopback
   */
  public final void lose(String text, Hosted from, Hosted to) {
    lose(text, from.host(), to.host());
  }

  /**
   * Lets a message from {@code from} to {@code to} arrive and breaks its TCP connection before any
   * answer is back, so that a sender that waits for one may send the message again, by another
   * connection. Nothing else that {@code to} writes to {@code from} arrives either, until healed.
   *
   * @param text of one packet of the message, so best short
   * @throws TestBedException on loopback
   */
  public final void breakAfter(String text, Hosted from, Hosted to) {
    breakAfter(text, from.host(), to.host());
  }

  /**
   * Takes from {@code from} its way to {@code to}: it cannot even try to connect. Multicast, and
   * what {@code to} sends, still arrives; an answer to that does not.
   *
   * @throws TestBedException on loopback
   */
  public final void withdrawRoute(Hosted from, Hosted to) {
    withdrawRoute(from.host(), to.host());
  }

  /** Mends the link between two nodes, both ways. */
  public final void heal(Hosted a, Hosted b) {
    mend(a.host(), b.host());
    mend(b.host(), a.host());
  }

  /** Mends all links. */
  public abstract void heal();

  abstract void drop(Host from, Host to);

  abstract void refuse(Host from, Host to);

  abstract void lose(String text, Host from, Host to);

  abstract void breakAfter(String text, Host from, Host to);

  abstract void withdrawRoute(Host from, Host to);

  abstract void mend(Host from, Host to);
}
