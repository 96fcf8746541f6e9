package io.tribescope.testbed.caches;

import java.util.List;

/** JVMs whose CacheManagers replicate to each other. */
public final class Caches {
  private final List<CacheNode> nodes;

  Caches(List<CacheNode> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /** All nodes, running or not. */
  public List<CacheNode> nodes() {
    return nodes;
  }

  /** A node, the first being 1. */
  public CacheNode node(int number) {
    return nodes.get(number - 1);
  }

  /** Starts all nodes that do not run, at once, and returns when the managers of all are up. */
  public void start() {
    List<CacheNode> starting = nodes.stream().filter(node -> !node.isRunning()).toList();
    starting.forEach(CacheNode::launch);
    starting.forEach(CacheNode::awaitReady);
  }

  /** Waits until a cache of every running node has all other running nodes as peers. */
  public void awaitMesh(String cache) {
    List<CacheNode> running = nodes.stream().filter(CacheNode::isRunning).toList();
    running.forEach(node -> node.cache(cache).awaitPeers(running.size() - 1));
  }
}
