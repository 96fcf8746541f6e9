package io.tribescope.agent.hooks.tribes;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.tribes.ChannelException;
import org.apache.catalina.tribes.ChannelMessage;
import org.apache.catalina.tribes.Member;

/**
 * Where an asynchronous message waits for a thread that sends it: its way into the queue, out of
 * it, and where it is thrown away. Tomcat 6 and 7 use the subclass, which has a queue of its own.
 */
public final class QueueHooks {
  private static final String DISPATCHER =
      "org.apache.catalina.tribes.group.interceptors.MessageDispatchInterceptor";
  private static final String DISPATCHER_15 =
      "org.apache.catalina.tribes.group.interceptors.MessageDispatch15Interceptor";

  private QueueHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "queue-add",
            DISPATCHER,
            named("addToQueue").and(takesArguments(3)),
            "tribes.QueueHooks$QueueAdd"),
        new Hook("queue-take", DISPATCHER, named("sendAsyncData"), "tribes.QueueHooks$QueueTake"),
        new Hook(
            "queue-stop",
            DISPATCHER,
            named("stopQueue").and(takesArguments(0)),
            "tribes.QueueHooks$QueueStop"),
        new Hook(
            "queue-full",
            DISPATCHER,
            named("sendMessage").and(takesArguments(3)),
            "tribes.QueueHooks$QueueFull"),
        new Hook(
            "queue-add-15",
            DISPATCHER_15,
            named("addToQueue").and(takesArguments(3)),
            "tribes.QueueHooks$QueueAdd"),
        new Hook(
            "queue-stop-15",
            DISPATCHER_15,
            named("stopQueue").and(takesArguments(0)),
            "tribes.QueueHooks$QueueStop"));
  }

  /** Counted when it begins: the thread that takes the message out may be faster than this one. */
  static final class QueueAdd {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object dispatcher, @Advice.Argument(0) ChannelMessage message) {
      Member local = message.getAddress();
      Bridge.queues().queueing(dispatcher, local.getHost(), local.getPort());
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object dispatcher,
        @Advice.Return boolean added,
        @Advice.Thrown Throwable failure) {
      if (failure != null || !added) {
        // An executor rejects a message only when it was shut down.
        Bridge.queues().queueRefused(dispatcher, failure != null);
      }
    }
  }

  static final class QueueTake {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object dispatcher) {
      Bridge.queues().queueTaken(dispatcher);
    }
  }

  static final class QueueStop {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Object dispatcher) {
      Bridge.queues().queueStopped(dispatcher);
    }
  }

  /**
   * With alwaysSend, the default, or after the stop, the message goes out on this thread instead.
   */
  static final class QueueFull {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(1) ChannelMessage message,
        @Advice.FieldValue("run") boolean running,
        @Advice.FieldValue("alwaysSend") boolean alwaysSend,
        @Advice.Thrown Throwable failure) {
      // Bit 8 is Channel.SEND_OPTIONS_ASYNCHRONOUS.
      if (failure instanceof ChannelException
          && running
          && !alwaysSend
          && (message.getOptions() & 8) == 8) {
        Member local = message.getAddress();
        Bridge.queues().queueFull(local.getHost(), local.getPort(), message.getUniqueId());
      }
    }
  }
}
