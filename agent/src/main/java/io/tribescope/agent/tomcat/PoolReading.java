package io.tribescope.agent.tomcat;

import org.jspecify.annotations.Nullable;

/** What a connection pool said of itself at one moment. Immutable. */
public final class PoolReading {
  private final String context;
  private final String name;
  private final int active;
  private final int idle;
  private final @Nullable Double maximum;
  private final @Nullable Integer waiting;

  PoolReading(
      String context,
      String name,
      int active,
      int idle,
      @Nullable Double maximum,
      @Nullable Integer waiting) {
    this.context = context;
    this.name = name;
    this.active = active;
    this.idle = idle;
    this.maximum = maximum;
    this.waiting = waiting;
  }

  /** The webapp that it was made for, such as {@code localhost/app}; "" when it is the server's. */
  public String context() {
    return context;
  }

  /** Its name in JNDI, such as {@code jdbc/shop}. */
  public String name() {
    return name;
  }

  /** Connections that the application has. */
  public int active() {
    return active;
  }

  /** Connections that wait to be used. */
  public int idle() {
    return idle;
  }

  /** How many connections there can be, infinity where there is no limit; null when not known. */
  public @Nullable Double maximum() {
    return maximum;
  }

  /** Threads that wait until a connection comes back; null when the pool does not say. */
  public @Nullable Integer waiting() {
    return waiting;
  }

  /** Both as one, where their names do not tell them apart. */
  public PoolReading plus(PoolReading other) {
    return new PoolReading(
        context,
        name,
        active + other.active,
        idle + other.idle,
        maximum == null || other.maximum == null ? null : maximum + other.maximum,
        waiting == null || other.waiting == null ? null : waiting + other.waiting);
  }
}
