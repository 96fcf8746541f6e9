package io.tribescope.testbed.nodes;

import io.tribescope.testbed.machine.JavaSource;

/**
 * The bed's own application with a replicated Ehcache cache, set up well: what a request writes
 * into its session is also put into the cache {@code prices} of the manager {@code shop}.
 */
final class Shop {
  private static final String RESOURCES = "shop/";

  private Shop() {}

  /** Makes the application that one. */
  static void addTo(Webapp webapp) {
    webapp.addEhcache();
    webapp.addSource(RESOURCES + "PriceFilter.java");
    webapp.addFile("web.xml", JavaSource.read(Shop.class, RESOURCES + "web.xml"));
    webapp.addFile("ehcache.xml", JavaSource.read(Shop.class, RESOURCES + "ehcache.xml"));
  }

  /**
   * Gives the node what its cache manager needs.
   *
   * @param group the port of the multicast group
   */
  static void configure(NodeSpec node, int group) {
    node.jvm(
        // A stub names the host that it leads to: without this, what the machine is called.
        "-Djava.rmi.server.hostname=" + node.address(),
        "-Dtestbed.address=" + node.address(),
        "-Dtestbed.caches.group=" + group,
        "-Dtestbed.caches.port=" + node.host().port(40001),
        "-Dtestbed.caches.object.port=" + node.host().port(40002));
  }
}
