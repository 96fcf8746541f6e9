package io.tribescope.agent.tomcat;

import org.jspecify.annotations.Nullable;

/** A JNDI connection pool at one moment; what it does not tell is null. Immutable. */
public final class ConnectionPool {
  private final PoolName name;
  private final @Nullable Integer active;
  private final @Nullable Integer idle;
  private final @Nullable Integer maximum;
  private final @Nullable Integer waiting;

  ConnectionPool(
      PoolName name,
      @Nullable Integer active,
      @Nullable Integer idle,
      @Nullable Integer maximum,
      @Nullable Integer waiting) {
    this.name = name;
    this.active = active;
    this.idle = idle;
    this.maximum = maximum;
    this.waiting = waiting;
  }

  /** Both together, as after a resource was made anew and the old pool was left open. */
  ConnectionPool plus(ConnectionPool other) {
    return new ConnectionPool(
        name,
        sum(active, other.active),
        sum(idle, other.idle),
        sum(maximum, other.maximum),
        sum(waiting, other.waiting));
  }

  private static @Nullable Integer sum(@Nullable Integer one, @Nullable Integer other) {
    return one == null || other == null ? null : Integer.valueOf(one + other);
  }

  PoolName name() {
    return name;
  }

  /** As {@link WebappContext} names it; "" for a global resource. */
  public String context() {
    return name.context;
  }

  /** The JNDI name, such as {@code jdbc/shop}. */
  public String dataSource() {
    return name.dataSource;
  }

  /**
   * Connections that the application holds or, where the pool counts them ({@link PoolKind}), that
   * are being opened or tested for it.
   */
  public @Nullable Integer active() {
    return active;
  }

  /** Connections that wait to be taken, whether or not the database is still behind them. */
  public @Nullable Integer idle() {
    return idle;
  }

  /** Connections that there may be at once; null, too, when they are not limited. */
  public @Nullable Integer maximum() {
    return maximum;
  }

  /** Threads that wait for a connection to be given back. */
  public @Nullable Integer waiting() {
    return waiting;
  }
}
