package io.tribescope.agent.tomcat;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Reads the dispatch queue of a channel from outside its class loader, at a scrape. Immutable. */
public final class DispatchQueue {
  private static final String DISPATCHER =
      "org.apache.catalina.tribes.group.interceptors.MessageDispatchInterceptor";

  /** More interceptors than any channel has. */
  private static final int LONGEST_CHAIN = 100;

  private final long bytes;
  private final long capacityBytes;

  private DispatchQueue(long bytes, long capacityBytes) {
    this.bytes = bytes;
    this.capacityBytes = capacityBytes;
  }

  /** The queue of the channel's dispatcher; null when it has none, or it cannot be read. */
  public static @Nullable DispatchQueue of(Object channel) {
    try {
      ClassLoader loader = channel.getClass().getClassLoader();
      Class<?> dispatcher = Class.forName(DISPATCHER, false, loader);
      Method next =
          Class.forName("org.apache.catalina.tribes.ChannelInterceptor", false, loader)
              .getMethod("getNext");
      Object interceptor =
          Class.forName("org.apache.catalina.tribes.group.GroupChannel", false, loader)
              .getMethod("getFirstInterceptor")
              .invoke(channel);
      for (int i = 0; interceptor != null && i < LONGEST_CHAIN; i++) {
        if (dispatcher.isInstance(interceptor)) {
          // Added to after a message was put in, taken from before it is gone: for a moment it can
          // be below zero, and stay so after a stop under load.
          long bytes = (Long) dispatcher.getMethod("getCurrentSize").invoke(interceptor);
          long capacity = (Long) dispatcher.getMethod("getMaxQueueSize").invoke(interceptor);
          return new DispatchQueue(Math.max(0, bytes), capacity);
        }
        interceptor = next.invoke(interceptor);
      }
      return null;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
  }

  /** Bytes of the messages that wait, and of those that are being sent. */
  public long bytes() {
    return bytes;
  }

  public long capacityBytes() {
    return capacityBytes;
  }
}
