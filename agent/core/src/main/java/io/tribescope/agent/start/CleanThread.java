package io.tribescope.agent.start;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Makes the thread from which the agent's others descend. The thread that opened the gate may be a
 * web application's: whatever a thread takes over from its maker (inheritable thread locals, the
 * access control context, the context loader) would keep that application in memory for ever.
 */
final class CleanThread {
  private CleanThread() {}

  static Thread daemon(String name, Runnable task) {
    Thread thread =
        AccessController.doPrivileged((PrivilegedAction<Thread>) () -> withoutLocals(name, task));
    thread.setDaemon(true);
    thread.setContextClassLoader(CleanThread.class.getClassLoader());
    return thread;
  }

  /** The constructor that leaves inheritable thread locals behind came with Java 9. */
  private static Thread withoutLocals(String name, Runnable task) {
    try {
      return Thread.class
          .getConstructor(
              ThreadGroup.class, Runnable.class, String.class, long.class, boolean.class)
          .newInstance(null, task, name, 0L, false);
    } catch (ReflectiveOperationException e) {
      return new Thread(task, name);
    }
  }
}
