package io.tribescope.system.caches;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import javax.management.ObjectName;

/** Run within a Tomcat: how many class loaders of applications there are after a collection. */
public final class CountLoaders implements Callable<String> {
  @Override
  public String call() throws Exception {
    serialize();
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {null},
                new String[] {String[].class.getName()});
    for (String line : histogram.toString().split("\n", -1)) {
      if (line.contains(" org.apache.catalina.loader.ParallelWebappClassLoader")) {
        return line.trim().split("\\s+", -1)[1];
      }
    }
    return "0";
  }

  /** What the JDK has cached of classes that are gone it lets go of when it next serializes. */
  private static void serialize() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(1);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      in.readObject();
    }
  }
}
