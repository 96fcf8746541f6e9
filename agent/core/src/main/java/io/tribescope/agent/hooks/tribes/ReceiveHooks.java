package io.tribescope.agent.hooks.tribes;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.Guarded;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.bridge.ProbeFormat;
import io.tribescope.agent.hooks.weaving.Hook;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.ha.session.SessionMessage;
import org.apache.catalina.tribes.ChannelMessage;
import org.apache.catalina.tribes.Member;
import org.apache.catalina.tribes.io.XByteBuffer;
import org.apache.catalina.tribes.tipis.AbstractReplicatedMap;
import org.jspecify.annotations.Nullable;

/** Where a message arrives: its delivery to the channel, its bytes read back, its kind known. */
public final class ReceiveHooks {
  private ReceiveHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "channel-receive",
            "org.apache.catalina.tribes.group.GroupChannel",
            named("messageReceived")
                .and(takesArguments(1))
                .and(takesArgument(0, named("org.apache.catalina.tribes.ChannelMessage"))),
            "tribes.ReceiveHooks$ChannelReceive"),
        new Hook(
            "deserialize",
            "org.apache.catalina.tribes.io.XByteBuffer",
            named("deserialize").and(takesArguments(4)),
            "tribes.ReceiveHooks$Deserialize"),
        new Hook(
            "cluster-receive",
            "org.apache.catalina.ha.tcp.SimpleTcpCluster",
            named("messageReceived").and(takesArguments(2)),
            "tribes.ReceiveHooks$ClusterReceive"));
  }

  static final class ChannelReceive {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(
        @Advice.This Object channel, @Advice.Argument(0) ChannelMessage message) {
      Member sender = message.getAddress();
      int length = message.getMessage().getLength();
      // Bit 1 marks raw bytes (Channel.SEND_OPTIONS_BYTE_MESSAGE). Only a message that begins as a
      // probe and has a probe's length is copied out of Tomcat's pooled buffer, by the event.
      if ((message.getOptions() & 1) == 1
          && length >= ProbeFormat.SHORTEST
          && length <= ProbeFormat.LONGEST
          && XByteBuffer.toInt(message.getMessage().getBytesDirect(), 0) == ProbeFormat.MAGIC) {
        Guarded.probeReceived(
            channel,
            sender.getHost(),
            sender.getPort(),
            message.getMessage().getBytesDirect(),
            length);
      }
      return Bridge.receiving()
          .received(
              channel,
              sender.getHost(),
              sender.getPort(),
              message.getUniqueId(),
              message.getTimestamp(),
              length);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun) {
      Bridge.receiving().receiveEnded(begun);
    }
  }

  static final class Deserialize {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Return Serializable message, @Advice.Thrown Throwable failure) {
      if (failure != null) {
        Bridge.receiving().undeserializable();
      } else if (message instanceof AbstractReplicatedMap.MapMessage) {
        Bridge.receiving().mapReceived();
      }
    }
  }

  static final class ClusterReceive {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Serializable message) {
      Bridge.receiving()
          .clusterReceived(
              message instanceof SessionMessage ? ((SessionMessage) message).getEventType() : -1);
    }
  }
}
