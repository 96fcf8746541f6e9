package io.tribescope.agent.hooks.tribes;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.ha.session.DeltaManager;
import org.apache.catalina.ha.session.SessionMessage;
import org.apache.catalina.tribes.Member;
import org.jspecify.annotations.Nullable;

/**
 * Where a received session message takes effect. DeltaManager.messageReceived swallows every
 * exception, so what failed is seen only at the handlers below it.
 */
public final class ApplyHooks {
  private ApplyHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "manager-receive",
            "org.apache.catalina.ha.session.DeltaManager",
            named("messageDataReceived").and(takesArguments(1)),
            "tribes.ApplyHooks$ManagerReceive"),
        new Hook(
            "session-message",
            "org.apache.catalina.ha.session.DeltaManager",
            named("messageReceived").and(takesArguments(2)),
            "tribes.ApplyHooks$SessionMessageReceived"),
        new Hook(
            "session-handle",
            "org.apache.catalina.ha.session.DeltaManager",
            namedOneOf(
                    "handleSESSION_CREATED",
                    "handleSESSION_DELTA",
                    "handleSESSION_EXPIRED",
                    "handleSESSION_ACCESSED",
                    "handleCHANGE_SESSION_ID")
                .and(takesArguments(2)),
            "tribes.ApplyHooks$SessionHandle"),
        new Hook(
            "delta-apply",
            "org.apache.catalina.ha.session.DeltaSession",
            named("deserializeAndExecuteDeltaRequest")
                .and(takesArguments(1))
                .and(takesArgument(0, byte[].class)),
            "tribes.ApplyHooks$SessionMet"),
        new Hook(
            "session-met",
            "org.apache.catalina.ha.session.DeltaSession",
            // What the other handlers do to a session, if they find it.
            named("setPrimarySession")
                .and(takesArguments(boolean.class))
                .or(named("expire").and(takesArguments(boolean.class, boolean.class))),
            "tribes.ApplyHooks$SessionMet"));
  }

  static final class ManagerReceive {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      Bridge.applying().managerReached();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit() {
      Bridge.applying().managerReturned();
    }
  }

  /** Also what was put aside during a state transfer comes by here, on the thread that fetched. */
  static final class SessionMessageReceived {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(
        @Advice.This DeltaManager manager,
        @Advice.Argument(0) SessionMessage message,
        @Advice.Argument(1) Member sender) {
      return Bridge.applying()
          .sessionMessageHandling(
              manager.getCluster().getChannel(),
              manager.getName(),
              sender.getHost(),
              sender.getPort(),
              message.getEventType(),
              message.getSessionID());
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun) {
      Bridge.applying().sessionMessageDone(begun);
    }
  }

  static final class SessionHandle {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Thrown Throwable failure) {
      Bridge.applying().sessionMessageHandled(failure);
    }
  }

  static final class SessionMet {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      Bridge.applying().sessionMet();
    }
  }
}
