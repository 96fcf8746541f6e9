package io.tribescope.testbed.nodes;

import io.tribescope.testbed.machine.JavaSource;
import java.util.List;

/**
 * JasperReports Server as its own guide sets it up for failover, in as much as it replicates: a
 * distributable application whose filter wraps session attributes, and three Ehcache managers with
 * the product's names, discovery, ports and properties. Our own code throughout.
 */
final class JasperReports {
  private static final String RESOURCES = "jasperreports/";
  private static final List<String> SOURCES =
      List.of(
          "TolerantSessionFilter.java",
          "TolerantObjectWrapper.java",
          "MissingObject.java",
          "SessionAttribMissingException.java",
          "CacheServlet.java");

  private JasperReports() {}

  /** Makes the application that product's. */
  static void addTo(Webapp webapp) {
    SOURCES.forEach(source -> webapp.addSource(RESOURCES + source));
    webapp.addEhcache();
    String hibernate = JavaSource.read(JasperReports.class, RESOURCES + "ehcache_hibernate.xml");
    webapp.addFile("web.xml", JavaSource.read(JasperReports.class, RESOURCES + "web.xml"));
    webapp.addFile("ehcache.xml", JavaSource.read(JasperReports.class, RESOURCES + "ehcache.xml"));
    webapp.addFile("classes/ehcache_hibernate.xml", hibernate);
    webapp.addFile(
        "classes/audit_ehcache_hibernate.xml",
        hibernate.replace("name=\"hibernate\"", "name=\"audit_hibernate\""));
  }

  /**
   * Gives the node what its cache managers need: on a host of its own the product's ports.
   *
   * @param group the port of the multicast group, the same for all three managers
   */
  static void configure(NodeSpec node, int group) {
    node.jvm(
        // A stub names the host that it leads to: without this, what the machine is called.
        "-Djava.rmi.server.hostname=" + node.address(),
        "-Dtestbed.address=" + node.address(),
        "-Dtestbed.caches.group=" + group,
        "-Dtestbed.caches.port=" + node.host().port(40001),
        "-Dtestbed.hibernate.port=" + node.host().port(40011),
        "-Dtestbed.hibernate.object.port=" + node.host().port(40012));
  }
}
