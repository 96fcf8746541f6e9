package io.tribescope.agent.tomcat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sessions of a DeltaManager from outside its class loader, without using one: none is
 * found, accessed, validated or locked. Immutable.
 */
public final class DeltaSessions {
  private final int primary;
  private final int backup;
  private final int unsent;

  private DeltaSessions(int primary, int backup, int unsent) {
    this.primary = primary;
    this.backup = backup;
    this.unsent = unsent;
  }

  /**
   * Reads them all. Some 50 ns for each session, for scrapes.
   *
   * @param counted whether a session of that id is counted as unconfirmed already
   * @throws ReflectiveOperationException when this is no DeltaManager as Tomcat 6 to 11 have it
   */
  public static DeltaSessions read(Object manager, Predicate<String> counted)
      throws ReflectiveOperationException {
    Object sessions = manager.getClass().getMethod("findSessions").invoke(manager);
    int primary = 0;
    int backup = 0;
    int unsent = 0;
    Reader reader = null;
    int length = sessions == null ? 0 : Array.getLength(sessions);
    for (int i = 0; i < length; i++) {
      Object session = Array.get(sessions, i);
      if (reader == null) {
        reader = new Reader(session.getClass());
      }
      if (reader.isPrimary(session)) {
        primary++;
        if (reader.hasUnsentChanges(session) && !counted.test(reader.id(session))) {
          unsent++;
        }
      } else {
        backup++;
      }
    }
    return new DeltaSessions(primary, backup, unsent);
  }

  /** Sessions that this node owns. */
  public int primary() {
    return primary;
  }

  /** Replicas of other nodes' sessions. */
  public int backup() {
    return backup;
  }

  /** Own sessions with changes that no request has sent yet, and which were not counted already. */
  public int unsent() {
    return unsent;
  }

  /** What {@code localhost#/app} or {@code /app} is to the user; the second names no host. */
  public static String context(String managerName, Object manager) {
    int hash = managerName.indexOf('#');
    if (hash > 0) {
      return managerName.substring(0, hash) + managerName.substring(hash + 1);
    }
    String host = host(manager);
    return host == null ? managerName : host + managerName;
  }

  private static @Nullable String host(Object manager) {
    try {
      // Tomcat 6 and 7 have getContainer().
      Object context = getter(manager, "getContext", "getContainer");
      Object host = getter(context, "getParent");
      return String.valueOf(getter(host, "getName"));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  private static Object getter(Object target, String... names) throws ReflectiveOperationException {
    for (String name : names) {
      try {
        Object value = target.getClass().getMethod(name).invoke(target);
        if (value != null) {
          return value;
        }
      } catch (NoSuchMethodException e) {
        // The next one, perhaps.
      }
    }
    throw new NoSuchMethodException(names[0]);
  }

  private static final class Reader {
    private final Method isPrimary;
    private final Method id;
    private final Field changes;
    private @Nullable Method size;

    Reader(Class<?> session) throws ReflectiveOperationException {
      isPrimary = session.getMethod("isPrimarySession");
      id = session.getMethod("getIdInternal");
      Class<?> declaring = session;
      while (!declaring.getName().equals("org.apache.catalina.ha.session.DeltaSession")) {
        declaring = declaring.getSuperclass();
        if (declaring == null) {
          throw new NoSuchFieldException("no DeltaSession");
        }
      }
      // Its getter would make one where there is none.
      changes = declaring.getDeclaredField("deltaRequest");
      changes.setAccessible(true);
    }

    boolean isPrimary(Object session) throws ReflectiveOperationException {
      return (Boolean) isPrimary.invoke(session);
    }

    boolean hasUnsentChanges(Object session) throws ReflectiveOperationException {
      Object request = changes.get(session);
      if (request == null) {
        return false;
      }
      if (size == null) {
        size = request.getClass().getMethod("getSize");
      }
      return (Integer) size.invoke(request) > 0;
    }

    String id(Object session) throws ReflectiveOperationException {
      return (String) id.invoke(session);
    }
  }
}
