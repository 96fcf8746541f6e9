package io.tribescope.agent.premain;

import java.io.File;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the first class that proves a cluster or a replicated cache, and only then loads the
 * agent. Until then each class loaded costs the comparison of two prefixes; a Tomcat without either
 * never pays for Byte Buddy (measured in docs/decisions/0001).
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

  private static final String EHCACHE = "net/sf/ehcache/";

  /** Loads with every plain cache of Ehcache 2.5 and 2.6; all else beside it with replication. */
  private static final String PLAIN = "net/sf/ehcache/distribution/CacheReplicator";

  private static final String DISTRIBUTION = "net/sf/ehcache/distribution/";

  private final String arguments;
  private final Instrumentation instrumentation;
  private volatile @Nullable ClassFileTransformer hooks;
  private volatile boolean opening;
  private boolean tried;

  Gate(String arguments, Instrumentation instrumentation) {
    this.arguments = arguments == null ? "" : arguments;
    this.instrumentation = instrumentation;
  }

  @Override
  @SuppressWarnings("NullAway") // null means "unchanged" to the JVM
  public byte[] transform(
      ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] code) {
    if (name == null || !isWatched(name)) {
      return null;
    }
    try {
      if (hooks == null && (proves(name) || waits(name))) {
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

  private static boolean isWatched(String name) {
    return name.startsWith(PREFIX) || name.startsWith(EHCACHE) || name.equals(TOLERANT);
  }

  private static boolean proves(String name) {
    return name.equals(CLUSTER)
        || name.equals(CHANNEL)
        || (name.startsWith(DISTRIBUTION) && !name.equals(PLAIN));
  }

  /**
   * Whether another thread loads a class that may be hooked while the gate opens: it waits for
   * that, or the class would go by. The gate itself opens without any class of Tomcat's.
   */
  private boolean waits(String name) {
    return opening
        && (name.startsWith(CLUSTERS) || name.startsWith(CHANNELS) || name.startsWith(EHCACHE));
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
                  .getMethod("start", String.class, Instrumentation.class, long.class)
                  .invoke(null, arguments, instrumentation, begin);
    } catch (Throwable t) {
      Throwable cause = t.getCause() == null ? t : t.getCause();
      Jvm.say("the agent could not start; Tomcat runs on without it: " + cause);
    } finally {
      opening = false;
    }
  }
}
