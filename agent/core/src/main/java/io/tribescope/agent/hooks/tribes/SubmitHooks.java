package io.tribescope.agent.hooks.tribes;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.hooks.weaving.Hook;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.ha.ClusterMessage;
import org.apache.catalina.ha.session.SessionMessage;
import org.apache.catalina.ha.tcp.SimpleTcpCluster;
import org.apache.catalina.tribes.tipis.AbstractReplicatedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a message is handed over for sending. Only here is it known what the message is; its id,
 * made on the same thread, carries that to the network, whichever thread sends it.
 */
public final class SubmitHooks {
  private SubmitHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "cluster-send",
            "org.apache.catalina.ha.tcp.SimpleTcpCluster",
            named("send").and(takesArgument(0, named("org.apache.catalina.ha.ClusterMessage"))),
            "tribes.SubmitHooks$ClusterSend"),
        new Hook(
            "channel-send",
            "org.apache.catalina.tribes.group.GroupChannel",
            named("send").and(takesArguments(4)),
            "tribes.SubmitHooks$ChannelSend"),
        new Hook(
            "message-id",
            "org.apache.catalina.tribes.io.ChannelData",
            named("generateUUID").and(takesArguments(0)),
            "tribes.SubmitHooks$MessageId"));
  }

  static final class ClusterSend {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(
        @Advice.This SimpleTcpCluster cluster, @Advice.Argument(0) ClusterMessage message) {
      if (message instanceof SessionMessage) {
        SessionMessage ofSession = (SessionMessage) message;
        return Bridge.submitting()
            .clusterSending(
                cluster.getChannel(),
                ofSession.getEventType(),
                ofSession.getContextName(),
                ofSession.getSessionID());
      }
      return Bridge.submitting().clusterSending(cluster.getChannel(), -1, null, null);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun) {
      Bridge.submitting().clusterSent(begun);
    }
  }

  static final class ChannelSend {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(@Advice.Argument(1) Serializable message) {
      return Bridge.submitting()
          .channelSending(message instanceof AbstractReplicatedMap.MapMessage);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun, @Advice.Thrown Throwable failure) {
      Bridge.submitting().channelSent(begun, failure != null);
    }
  }

  static final class MessageId {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.FieldValue("uniqueId") byte[] uniqueId) {
      Bridge.submitting().messageIdentified(uniqueId);
    }
  }
}
