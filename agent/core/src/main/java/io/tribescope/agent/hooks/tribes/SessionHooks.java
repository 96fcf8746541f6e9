package io.tribescope.agent.hooks.tribes;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.Manager;
import org.apache.catalina.Session;
import org.apache.catalina.ha.session.DeltaManager;
import org.apache.catalina.ha.session.DeltaSession;

/** Where a session is made, gets another id, becomes this node's, and ends. */
public final class SessionHooks {
  private SessionHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "session-create",
            "org.apache.catalina.ha.session.DeltaManager",
            named("createSession")
                .and(takesArguments(2))
                .and(takesArgument(0, String.class))
                .and(takesArgument(1, boolean.class)),
            "tribes.SessionHooks$SessionCreate"),
        new Hook(
            "session-rename",
            "org.apache.catalina.ha.session.DeltaSession",
            named("setId").and(takesArguments(String.class, boolean.class)),
            "tribes.SessionHooks$SessionRename"),
        new Hook(
            "session-take",
            "org.apache.catalina.ha.session.DeltaSession",
            named("setPrimarySession").and(takesArguments(boolean.class)),
            "tribes.SessionHooks$SessionTake"),
        new Hook(
            "session-expire",
            "org.apache.catalina.ha.session.DeltaSession",
            named("expire").and(takesArguments(boolean.class, boolean.class)),
            "tribes.SessionHooks$SessionExpire"));
  }

  static final class SessionCreate {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This DeltaManager manager, @Advice.Return Session session) {
      Bridge.sessions()
          .sessionCreated(
              manager.getCluster().getChannel(), manager.getName(), session.getIdInternal());
    }
  }

  static final class SessionRename {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This DeltaSession session, @Advice.Argument(0) String id) {
      String old = session.getIdInternal();
      Manager manager = session.getManager();
      if (old != null && id != null && manager instanceof DeltaManager) {
        DeltaManager delta = (DeltaManager) manager;
        Bridge.sessions()
            .sessionRenaming(delta.getCluster().getChannel(), delta.getName(), old, id);
      }
    }
  }

  static final class SessionTake {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This DeltaSession session,
        @Advice.FieldValue("isPrimarySession") boolean primary,
        @Advice.Argument(0) boolean primaryNow) {
      if (primaryNow && !primary) {
        Manager manager = session.getManager();
        if (manager instanceof DeltaManager) {
          DeltaManager delta = (DeltaManager) manager;
          Bridge.sessions()
              .sessionTaken(
                  delta.getCluster().getChannel(), delta.getName(), session.getIdInternal());
        }
      }
    }
  }

  /** At the end: within, the last changes and the expiry itself are sent. */
  static final class SessionExpire {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This DeltaSession session) {
      Manager manager = session.getManager();
      if (manager instanceof DeltaManager) {
        DeltaManager delta = (DeltaManager) manager;
        Bridge.sessions()
            .sessionExpired(
                delta.getCluster().getChannel(), delta.getName(), session.getIdInternal());
      }
    }
  }
}
