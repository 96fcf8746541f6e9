package io.tribescope.testbed.demo;

import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.nodes.Node;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What users put into their sessions while the first node is cut off from the others: so it is
 * known what each agent must say, and which replicas must lack it.
 */
final class Carts {
  private static final String KEY = "cart";

  private final List<Node> nodes;
  private final Map<Session, String> filled = new LinkedHashMap<>();

  Carts(List<Node> nodes) {
    this.nodes = nodes;
  }

  /** Each user makes one request that writes what no other request writes. */
  void fill(List<Session> users) {
    for (Session user : users) {
      try {
        filled.put(user, user.write(KEY, "filled").node());
      } catch (UncheckedIOException counted) {
        // The client's totals tell of it.
      }
    }
  }

  /** Each user makes one more request, which changes something else. */
  void leave() {
    for (Session user : filled.keySet()) {
      try {
        user.write("page", "next");
      } catch (UncheckedIOException counted) {
        // The client's totals tell of it.
      }
    }
  }

  /** What the agents must say of the carts, during the cut and after it. */
  Risk risk() {
    return Risk.ofCut(
        nodes.stream().map(Node::name).toList(),
        nodes.stream().map(node -> filledOn(node).size()).toList());
  }

  /** How many replicas there are on the other side of the cut. */
  int replicasBeyond() {
    return nodes.stream().mapToInt(node -> filledOn(node).size() * beyond(node).size()).sum();
  }

  /** How many of them are seen to lack the cart; a slow answer is one that is not seen yet. */
  int lackingBeyond() {
    int lacking = 0;
    try {
      for (Node node : nodes) {
        for (Session user : filledOn(node)) {
          for (Node other : beyond(node)) {
            lacking += other.peek(user, KEY) == null ? 1 : 0;
          }
        }
      }
    } catch (UncheckedIOException slow) {
      // The next second's look tries again.
    }
    return lacking;
  }

  private List<Session> filledOn(Node node) {
    return filled.keySet().stream().filter(user -> node.name().equals(filled.get(user))).toList();
  }

  private List<Node> beyond(Node node) {
    return node == nodes.get(0) ? nodes.subList(1, nodes.size()) : nodes.subList(0, 1);
  }
}
