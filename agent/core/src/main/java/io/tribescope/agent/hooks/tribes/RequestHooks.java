package io.tribescope.agent.hooks.tribes;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.Manager;
import org.apache.catalina.Session;
import org.apache.catalina.ha.session.DeltaManager;
import org.apache.catalina.ha.session.DeltaSession;
import org.jspecify.annotations.Nullable;

/**
 * Where a request has ended and its session's changes are collected, serialized and sent. What
 * cannot be serialized is caught and logged by requestCompleted, and nothing of it is sent.
 */
public final class RequestHooks {
  private RequestHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "request-end",
            "org.apache.catalina.ha.tcp.ReplicationValve",
            // Tomcat 6 and 7 have the cluster between the two.
            named("send").and(takesArgument(0, named("org.apache.catalina.ha.ClusterManager"))),
            "tribes.RequestHooks$RequestEnd"),
        new Hook(
            "request-complete",
            "org.apache.catalina.ha.session.DeltaManager",
            named("requestCompleted").and(takesArguments(String.class, boolean.class)),
            "tribes.RequestHooks$RequestComplete"),
        new Hook(
            "delta-serialize",
            "org.apache.catalina.ha.session.DeltaRequest",
            named("serialize").and(takesArguments(0)),
            "tribes.RequestHooks$DeltaSerialize"),
        new Hook(
            "request-unsent",
            "org.apache.catalina.ha.tcp.ReplicationValve",
            named("resetDeltaRequest").and(takesArguments(1)),
            "tribes.RequestHooks$RequestUnsent"));
  }

  static final class RequestEnd {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter() {
      return Bridge.requests().requestEnding();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun) {
      Bridge.requests().requestEnded(begun);
    }
  }

  static final class RequestComplete {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This DeltaManager manager) {
      Bridge.requests().requestCompleting(manager.getCluster().getChannel(), manager.getName());
    }
  }

  static final class DeltaSerialize {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Return byte[] delta, @Advice.Thrown Throwable failure) {
      Bridge.requests().deltaSerialized(delta == null ? 0 : delta.length, failure);
    }
  }

  /** With no member in the view the valve drops what has changed. */
  static final class RequestUnsent {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    @SuppressWarnings("deprecation") // Tomcat 6 to 8 have no isDirty().
    static void enter(@Advice.Argument(0) Session session) {
      if (session instanceof DeltaSession) {
        Manager manager = session.getManager();
        if (manager instanceof DeltaManager) {
          DeltaManager delta = (DeltaManager) manager;
          Bridge.requests()
              .requestUnsent(
                  delta.getCluster().getChannel(),
                  delta.getName(),
                  session.getIdInternal(),
                  ((DeltaSession) session).getDeltaRequest().getSize() > 0);
        }
      }
    }
  }
}
