package io.tribescope.agent.premain;

import java.io.File;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the first class that proves a cluster, and only then loads the agent. Until then each
 * class loaded costs the comparison of a prefix; a Tomcat without a cluster never pays for Byte
 * Buddy (measured in docs/decisions/0001).
 *
 * <p>The gate stays the JVM's one transformer and passes classes on: a transformer registered
 * within this call would miss the class in hand, and those that other threads are loading.
 */
final class Gate implements ClassFileTransformer {
  private static final String PREFIX = "org/apache/catalina/";

  // A prefix proves nothing: ClusterRuleSet and Channel load with every server.xml (Tomcat 7 on).
  private static final String CLUSTER = PREFIX + "ha/tcp/SimpleTcpCluster";
  private static final String CHANNEL = PREFIX + "tribes/group/GroupChannel";

  /** An application's own, hooked by its name. */
  private static final String TOLERANT =
      "com/jaspersoft/jasperserver/core/util/TolerantObjectWrapper";

  /** Every class of Tomcat's that is hooked begins with one of these. */
  private static final String CLUSTERS = PREFIX + "ha/";

  private static final String CHANNELS = PREFIX + "tribes/";

  private static final String ENTRY = "io.tribescope.agent.start.AgentStart";

  private final String arguments;
  private volatile @Nullable ClassFileTransformer hooks;
  private volatile boolean opening;
  private boolean tried;

  Gate(String arguments) {
    this.arguments = arguments == null ? "" : arguments;
  }

  @Override
  @SuppressWarnings("NullAway") // null means "unchanged" to the JVM
  public byte[] transform(
      ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] code) {
    if (name == null || !(name.startsWith(PREFIX) || name.equals(TOLERANT))) {
      return null;
    }
    try {
      if (hooks == null && (name.equals(CLUSTER) || name.equals(CHANNEL) || waits(name))) {
        open();
      }
      ClassFileTransformer present = hooks;
      return present == null ? null : present.transform(loader, name, redefined, domain, code);
    } catch (Throwable t) {
      // The JVM would drop it silently.
      Jvm.say("the agent failed on " + name + ", which runs as it is: " + t);
      return null;
    }
  }

  /**
   * Whether another thread loads a class that may be hooked while the gate opens: it waits for
   * that, or the class would go by. The gate itself opens without any class of Tomcat's.
   */
  private boolean waits(String name) {
    return opening && (name.startsWith(CLUSTERS) || name.startsWith(CHANNELS));
  }

  private synchronized void open() {
    if (tried) {
      return;
    }
    tried = true;
    opening = true;
    long begin = System.nanoTime();
    try {
      File jar = new File(Gate.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      ClassLoader isolated = IsolatedLoader.of(jar, Gate.class.getProtectionDomain());
      hooks =
          (ClassFileTransformer)
              Class.forName(ENTRY, true, isolated)
                  .getMethod("start", String.class, long.class)
                  .invoke(null, arguments, begin);
    } catch (Throwable t) {
      Throwable cause = t.getCause() == null ? t : t.getCause();
      Jvm.say("the agent could not start; Tomcat runs on without it: " + cause);
    } finally {
      opening = false;
    }
  }
}
