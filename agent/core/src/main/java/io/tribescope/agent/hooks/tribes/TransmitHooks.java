package io.tribescope.agent.hooks.tribes;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.Guarded;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.tribes.ChannelException;
import org.apache.catalina.tribes.ChannelMessage;
import org.apache.catalina.tribes.Member;
import org.apache.catalina.tribes.transport.AbstractSender;
import org.apache.catalina.tribes.transport.nio.NioSender;
import org.jspecify.annotations.Nullable;

/**
 * Where a message goes to the network, and where each destination completes or fails. Completion is
 * seen at the sender of each peer: destinations minus faulty members would be wrong, for when a
 * connection cannot be set up, healthy peers get nothing either and are not listed.
 */
public final class TransmitHooks {
  private TransmitHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "transmit",
            "org.apache.catalina.tribes.transport.ReplicationTransmitter",
            named("sendMessage")
                .and(takesArguments(2))
                .and(takesArgument(0, named("org.apache.catalina.tribes.ChannelMessage"))),
            "tribes.TransmitHooks$Transmit"),
        new Hook(
            "transmit-peer",
            "org.apache.catalina.tribes.transport.nio.NioSender",
            named("process").and(takesArguments(2)),
            "tribes.TransmitHooks$TransmitPeer"),
        // The blocking sender of Tomcat 6 to 9.
        new Hook(
            "transmit-peer-blocking",
            "org.apache.catalina.tribes.transport.bio.BioSender",
            named("sendMessage").and(takesArguments(2)),
            "tribes.TransmitHooks$TransmitPeerBlocking"),
        new Hook(
            "transmit-ack-blocking",
            "org.apache.catalina.tribes.transport.bio.BioSender",
            named("waitForAck").and(takesArguments(0)),
            "tribes.TransmitHooks$TransmitAckBlocking"));
  }

  static final class Transmit {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(
        @Advice.Argument(0) ChannelMessage message, @Advice.Argument(1) Member[] destinations) {
      Member local = message.getAddress();
      Notes begun =
          Bridge.transmitting()
              .transmitting(
                  local.getHost(),
                  local.getPort(),
                  message.getUniqueId(),
                  message.getTimestamp(),
                  message.getOptions(),
                  message.getMessage().getLength(),
                  destinations.length);
      for (Member destination : destinations) {
        Guarded.transmittingTo(begun, destination.getHost(), destination.getPort());
      }
      return begun;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun, @Advice.Thrown Throwable failure) {
      if (failure instanceof ChannelException) {
        for (ChannelException.FaultyMember faulty :
            ((ChannelException) failure).getFaultyMembers()) {
          Member member = faulty.getMember();
          Guarded.transmissionFailed(begun, member.getHost(), member.getPort(), faulty.getCause());
        }
      }
      Bridge.transmitting().transmitted(begun, failure);
    }
  }

  static final class TransmitPeer {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This NioSender sender,
        @Advice.Argument(1) boolean waitForAck,
        @Advice.FieldValue("remaining") int bytesToWrite,
        @Advice.Return boolean complete,
        @Advice.Thrown Throwable failure) {
      if (failure == null && (complete || (waitForAck && bytesToWrite == 0))) {
        Member peer = sender.getDestination();
        if (complete) {
          Bridge.transmitting().transmissionCompleted(peer.getHost(), peer.getPort());
        } else {
          Bridge.transmitting().transmissionWritten(peer.getHost(), peer.getPort());
        }
      }
    }
  }

  static final class TransmitPeerBlocking {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This AbstractSender sender) {
      Member peer = sender.getDestination();
      Bridge.transmitting().transmissionCompleted(peer.getHost(), peer.getPort());
    }
  }

  /** By then all is written. */
  static final class TransmitAckBlocking {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This AbstractSender sender) {
      Member peer = sender.getDestination();
      Bridge.transmitting().transmissionWritten(peer.getHost(), peer.getPort());
    }
  }
}
