package io.tribescope.testbed.nodes;

import io.tribescope.testbed.machine.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Tomcats that share a multicast group. */
public final class Cluster {
  // A member is dropped after dropTime (3 s) and a verification (1 s); the rest is for a busy host.
  private static final Duration MEMBERSHIP = Duration.ofSeconds(30);

  private final List<Node> nodes;
  private final boolean replicated;
  private final Path directory;

  Cluster(List<Node> nodes, boolean replicated, Path directory) {
    this.nodes = List.copyOf(nodes);
    this.replicated = replicated;
    this.directory = directory;
  }

  /** All nodes, running or not. */
  public List<Node> nodes() {
    return nodes;
  }

  /** A node, the first being 1. */
  public Node node(int number) {
    return nodes.get(number - 1);
  }

  /**
   * Starts the first node, then all others at once, and returns when every one serves, whomever it
   * sees.
   *
   * <p>Tomcats that start at the same moment ask each other for their sessions, neither answers the
   * other while it asks, and both give up after 60 s. The others ask the oldest, which is the
   * first.
   */
  public void start() {
    if (replicated) {
      nodes.get(0).start();
    }
    List<Node> others = nodes.stream().filter(node -> !node.isRunning()).toList();
    others.forEach(Node::launch);
    others.forEach(Node::awaitReady);
  }

  /** Waits until every running node sees all other running nodes, and nobody else. */
  public void awaitMesh() {
    List<Node> running = nodes.stream().filter(Node::isRunning).toList();
    running.forEach(node -> awaitMembers(node, running.toArray(Node[]::new)));
  }

  /**
   * Waits until a node sees exactly these others as members (itself among them is ignored), and has
   * forgotten those that were killed: then they can be started again.
   */
  public void awaitMembers(Node observer, Node... others) {
    Set<String> expected = new TreeSet<>();
    for (Node other : others) {
      if (other != observer) {
        expected.add(other.member());
      }
    }
    Await.until(
        "view of %s with the members %s".formatted(observer.name(), expected),
        MEMBERSHIP,
        directory,
        () -> {
          Set<String> seen = observer.members();
          if (!seen.equals(expected)) {
            return "members " + seen;
          }
          return nodes.stream()
              .filter(node -> node.isKilled() && !observer.hasForgotten(node))
              .findFirst()
              .map(node -> node.name() + ", which was killed, is not forgotten yet")
              .orElse(null);
        });
  }
}
