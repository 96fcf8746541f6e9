package io.tribescope.system.caches;

import io.tribescope.testbed.nodes.Node;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The cluster's application once more in the same Tomcat, at a path of its own. */
final class SecondApplication {
  static final String PATH = "/second";

  private SecondApplication() {}

  /**
   * Has the node deploy it at its start.
   *
   * @param settings elements of its Context
   */
  static void add(Node node, String settings) throws IOException {
    Path descriptors = node.base().resolve("conf/Catalina/localhost");
    Files.createDirectories(descriptors);
    Files.writeString(
        descriptors.resolve("second.xml"),
        "<Context docBase='%s'>%s</Context>"
            .formatted(node.base().resolveSibling("application"), settings));
  }

  /** Reloads it: afterwards it has a class loader of its own again. */
  public static final class Reload implements Callable<String> {
    @Override
    public String call() throws Exception {
      MBeanServer mbeans = ManagementFactory.getPlatformMBeanServer();
      for (ObjectName name :
          mbeans.queryNames(
              new ObjectName("Catalina:j2eeType=WebModule,name=//localhost/second,*"), null)) {
        mbeans.invoke(name, "reload", null, null);
        return String.valueOf(mbeans.getAttribute(name, "stateName"));
      }
      return "no such application";
    }
  }
}
