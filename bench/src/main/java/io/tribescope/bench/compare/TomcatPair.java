package io.tribescope.bench.compare;

import io.tribescope.bench.compare.load.FirstAnswer;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two Tomcats on 127.0.0.1: one is to take all requests, the other gets its sessions' replicas.
 * They start one after the other, and each sees the other once this is made.
 */
final class TomcatPair implements AutoCloseable {
  static final String TOMCAT = "9.0.117";

  /**
   * In place of the test bed's, which are for small JVMs that start quickly. The metaspace at which
   * a JVM collects for the first time because of it, 20.8 MiB by default, lies between what this
   * small application needs alone and what it needs with an agent. Real applications are beyond it,
   * so it is set higher: otherwise a collection that they have anyway would count as the agent's.
   */
  static final List<String> JVM =
      List.of(
          "-XX:TieredStopAtLevel=4",
          "-XX:-UseSerialGC",
          "-XX:+UseG1GC",
          "-XX:MetaspaceSize=64m",
          "-Xms512m",
          "-Xmx512m");

  private final Bed bed = Bed.openOnLoopback("compare");
  private final Agent agent;
  private final Cluster cluster;
  private final double senderReady;
  private final double receiverReady;

  /**
   * Starts them.
   *
   * @param senderFlags more for the sender's JVM
   */
  TomcatPair(Agent agent, List<String> senderFlags) {
    this.agent = agent;
    boolean started = false;
    try {
      cluster =
          bed.cluster()
              .tomcat(TOMCAT)
              .nodes(2)
              .each(
                  node -> {
                    List<String> flags = new ArrayList<>(JVM);
                    flags.addAll(agent.flags().at(node.address(), node.agentPort()));
                    flags.addAll(node.number() == 1 ? senderFlags : List.of());
                    node.jvm(flags.toArray(String[]::new));
                  })
              .create();
      senderReady = start(sender());
      receiverReady = start(receiver());
      cluster.awaitMesh();
      started = true;
    } finally {
      if (!started) {
        bed.close();
      }
    }
  }

  private static double start(Node node) {
    FirstAnswer first =
        new FirstAnswer(node.application(), node.application().getPath() + "/touch");
    node.start();
    return first.seconds();
  }

  private Node sender() {
    return cluster.node(1);
  }

  private Node receiver() {
    return cluster.node(2);
  }

  /** The seconds from the exec of the sender to its first answer with status 200. */
  double senderReady() {
    return senderReady;
  }

  /** The same of the receiver, which gets the sender's sessions first, of which there are none. */
  double receiverReady() {
    return receiverReady;
  }

  /** The application on the sender. */
  URI application() {
    return sender().application();
  }

  /** The application on the receiver. */
  URI replicas() {
    return receiver().application();
  }

  /** Where the agents are to be scraped. */
  List<URI> metrics() {
    return agent.isScraped()
        ? List.of(sender().agent("/metrics"), receiver().agent("/metrics"))
        : List.of();
  }

  long senderPid() {
    return sender().pid();
  }

  long receiverPid() {
    return receiver().pid();
  }

  /** For files of the run. */
  Path directory() {
    return bed.directory();
  }

  @Override
  public void close() {
    bed.close();
  }
}
