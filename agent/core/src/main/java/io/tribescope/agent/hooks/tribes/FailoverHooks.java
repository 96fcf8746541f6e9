package io.tribescope.agent.hooks.tribes;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.hooks.weaving.Hook;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.Context;
import org.apache.catalina.Manager;
import org.apache.catalina.Session;
import org.apache.catalina.connector.Request;
import org.apache.catalina.ha.CatalinaCluster;
import org.apache.catalina.ha.session.DeltaManager;

/**
 * Where a request brings a session's id, before anything is done with it: in either valve,
 * whichever comes first. JvmRouteBinderValve, which can be left out, puts this node's route into
 * the id.
 */
public final class FailoverHooks {
  private FailoverHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "valve-request",
            "org.apache.catalina.ha.tcp.ReplicationValve",
            named("invoke").and(takesArguments(2)),
            "tribes.FailoverHooks$SessionRequested"),
        new Hook(
            "route-turnover",
            "org.apache.catalina.ha.session.JvmRouteBinderValve",
            named("handleJvmRoute")
                .and(takesArgument(0, named("org.apache.catalina.connector.Request"))),
            "tribes.FailoverHooks$SessionRequested"));
  }

  static final class SessionRequested {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Request request) throws IOException {
      String id = request.getRequestedSessionId();
      if (id == null || !Bridge.sessions().mayBeForeign(id)) {
        return;
      }
      Context context = request.getContext();
      Manager manager = context == null ? null : context.getManager();
      if (!(manager instanceof DeltaManager)) {
        return;
      }
      DeltaManager delta = (DeltaManager) manager;
      CatalinaCluster cluster = delta.getCluster();
      if (cluster == null
          || !Bridge.sessions().isForeign(cluster.getChannel(), delta.getName(), id)) {
        return;
      }
      Session session = delta.findSession(id);
      boolean lapsed = false;
      if (session != null) {
        // Not isValid(), which would end it. A replica is kept for twice its time.
        int seconds = session.getMaxInactiveInterval();
        long idle = System.currentTimeMillis() - session.getThisAccessedTimeInternal();
        lapsed = seconds > 0 && idle >= 2000L * seconds;
      }
      Bridge.sessions()
          .failedOver(cluster.getChannel(), delta.getName(), id, session != null, lapsed);
    }
  }
}
