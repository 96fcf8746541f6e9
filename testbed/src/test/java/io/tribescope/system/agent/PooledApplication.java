package io.tribescope.system.agent;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * An application that takes connections from the pools of its JNDI, and keeps them until it is told
 * to give them back. Its nested classes are run within it.
 */
public final class PooledApplication {
  /** Guarded by itself. */
  private static final List<Connection> HELD = new ArrayList<>();

  private PooledApplication() {}

  @SuppressWarnings("BanJNDI") // the names are the test's own
  private static DataSource find(String name) throws NamingException {
    return (DataSource) new InitialContext().lookup("java:comp/env/" + name);
  }

  private static Connection hold(DataSource pool) throws SQLException {
    Connection taken = pool.getConnection();
    synchronized (HELD) {
      HELD.add(taken);
    }
    return taken;
  }

  /** Takes so many, and says what became of it. */
  private static String take(String name, int number) throws NamingException {
    DataSource pool = find(name);
    for (int i = 0; i < number; i++) {
      try {
        hold(pool);
      } catch (SQLException e) {
        return name + " refused; ";
      }
    }
    return name + " " + number + "; ";
  }

  /** So many threads ask for one each, and hold it when they have it. */
  private static void ask(String name, int threads) throws NamingException {
    DataSource pool = find(name);
    for (int i = 0; i < threads; i++) {
      start(() -> hold(pool));
    }
  }

  /** A thread waits for one, and gives it back at once. */
  private static void waitFor(String name) throws NamingException {
    DataSource pool = find(name);
    start(
        () -> {
          pool.getConnection().close();
          return name;
        });
  }

  private static void start(Callable<?> asking) {
    Thread thread =
        new Thread(
            () -> {
              try {
                asking.call();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes all that the two limited pools have, and one of the global pool's. */
  public static final class TakeAll implements Callable<String> {
    @Override
    public String call() throws NamingException {
      return take("jdbc/dbcp", 3) + take("jdbc/jdbc", 4) + take("jdbc/link", 1);
    }
  }

  /** Wants more than there is. */
  public static final class WantMore implements Callable<String> {
    @Override
    public String call() throws NamingException {
      waitFor("jdbc/dbcp");
      waitFor("jdbc/jdbc");
      waitFor("jdbc/jdbc");
      return "waiting";
    }
  }

  /** Takes one of each pool. */
  public static final class TakeOne implements Callable<String> {
    @Override
    public String call() throws NamingException {
      return take("jdbc/dbcp", 1) + take("jdbc/jdbc", 1) + take("jdbc/link", 1);
    }
  }

  /** Takes all that one pool has, and of the next all but one. */
  public static final class Open implements Callable<String> {
    @Override
    public String call() throws NamingException {
      return take("jdbc/full", 3) + take("jdbc/some", 2);
    }
  }

  /** Asks each pool for more than it has open, and the limited ones for more than they may have. */
  public static final class AskAll implements Callable<String> {
    @Override
    public String call() throws NamingException {
      ask("jdbc/dbcp", 1);
      ask("jdbc/full", 5);
      ask("jdbc/some", 4);
      ask("jdbc/jdbc", 6);
      ask("jdbc/link", 3);
      return "asked";
    }
  }

  /** Whether one of its threads is opening a pool of DBCP 2, and so holds the lock of that. */
  public static final class IsOpening implements Callable<String> {
    @Override
    public String call() {
      return String.valueOf(
          Thread.getAllStackTraces().values().stream()
              .flatMap(Arrays::stream)
              .anyMatch(frame -> frame.getMethodName().equals("createPoolableConnectionFactory")));
    }
  }

  /** How many it holds. */
  public static final class Held implements Callable<String> {
    @Override
    public String call() {
      synchronized (HELD) {
        return String.valueOf(HELD.size());
      }
    }
  }

  /** Gives all back that it holds. */
  public static final class GiveBack implements Callable<String> {
    @Override
    public String call() {
      List<Connection> given;
      synchronized (HELD) {
        given = new ArrayList<>(HELD);
        HELD.clear();
      }
      for (Connection held : given) {
        try {
          held.close();
        } catch (SQLException e) {
          // The database is gone; the pool has it back all the same.
        }
      }
      return given.size() + " given back";
    }
  }

  /** Stops its own application, which then waits for this request's end. */
  public static final class StopApplication implements Callable<String> {
    @Override
    public String call() throws Exception {
      MBeanServer mbeans = ManagementFactory.getPlatformMBeanServer();
      ObjectName pattern = new ObjectName("Catalina:j2eeType=WebModule,name=//localhost/app,*");
      ObjectName application = mbeans.queryNames(pattern, null).iterator().next();
      new Thread(
              () -> {
                try {
                  mbeans.invoke(application, "stop", null, null);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              })
          .start();
      return "stopping";
    }
  }
}
