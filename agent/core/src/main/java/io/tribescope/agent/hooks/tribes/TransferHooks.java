package io.tribescope.agent.hooks.tribes;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.Guarded;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.Session;
import org.apache.catalina.ha.session.DeltaManager;
import org.apache.catalina.ha.session.SessionMessage;
import org.apache.catalina.tribes.Member;
import org.jspecify.annotations.Nullable;

/**
 * Where a session manager begins, fetches the sessions of another node, gives its own, and ends.
 */
public final class TransferHooks {
  private TransferHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "state-transfer",
            "org.apache.catalina.ha.session.DeltaManager",
            named("getAllClusterSessions").and(takesArguments(0)),
            "tribes.TransferHooks$StateTransfer"),
        new Hook(
            "state-handle",
            "org.apache.catalina.ha.session.DeltaManager",
            namedOneOf(
                    "handleGET_ALL_SESSIONS",
                    "handleALL_SESSION_DATA",
                    "handleALL_SESSION_TRANSFERCOMPLETE",
                    "handleALL_SESSION_NOCONTEXTMANAGER")
                .and(takesArguments(2)),
            "tribes.TransferHooks$StateHandle"),
        new Hook(
            "state-give",
            "org.apache.catalina.ha.session.DeltaManager",
            named("sendSessions").and(takesArguments(3)),
            "tribes.TransferHooks$StateGive"),
        new Hook(
            "manager-stop",
            "org.apache.catalina.ha.session.DeltaManager",
            // Tomcat 6 has stop(), 7 and later stopInternal().
            named("stopInternal").or(named("stop")).and(takesArguments(0)),
            "tribes.TransferHooks$ManagerStop"));
  }

  /** Every manager comes by here when it starts, also that of a first node. */
  static final class StateTransfer {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(@Advice.This DeltaManager manager) {
      return Bridge.transfers()
          .stateTransferStarting(
              manager.getCluster().getChannel(), manager, manager.getName(), manager.getJvmRoute());
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun) {
      Bridge.transfers().stateTransferEnded(begun);
    }
  }

  static final class StateHandle {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This DeltaManager manager,
        @Advice.Argument(0) SessionMessage message,
        @Advice.Thrown Throwable failure) {
      // Of a state transfer only what fails is a message not applied: it changes many or none.
      if (failure != null) {
        Guarded.sessionMessageHandled(failure);
      }
      Bridge.transfers()
          .stateMessageHandled(
              manager.getCluster().getChannel(),
              manager.getName(),
              message.getEventType(),
              failure);
    }
  }

  static final class StateGive {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(
        @Advice.This DeltaManager manager,
        @Advice.Argument(0) Member receiver,
        @Advice.Argument(1) Session[] sessions) {
      Object channel = manager.getCluster().getChannel();
      Notes begun =
          Bridge.transfers()
              .sessionsGiving(
                  channel,
                  manager.getName(),
                  receiver.getHost(),
                  receiver.getPort(),
                  sessions.length);
      for (Session session : sessions) {
        Guarded.sessionGiving(
            channel,
            manager.getName(),
            receiver.getHost(),
            receiver.getPort(),
            session.getIdInternal());
      }
      return begun;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun) {
      Bridge.transfers().sessionsGiven(begun);
    }
  }

  static final class ManagerStop {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This DeltaManager manager) {
      Bridge.transfers().managerStopped(manager.getCluster().getChannel(), manager.getName());
    }
  }
}
