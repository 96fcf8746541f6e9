package io.tribescope.agent.hooks.tribes;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.tribes.Member;
import org.apache.catalina.tribes.group.GroupChannel;

/** Where clusters and channels begin and end: from here the agent knows what there is to read. */
public final class LifecycleHooks {
  private LifecycleHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "cluster-start",
            "org.apache.catalina.ha.tcp.SimpleTcpCluster",
            // Tomcat 6 has start(), 7 and later startInternal().
            named("startInternal").or(named("start")).and(takesArguments(0)),
            "tribes.LifecycleHooks$ClusterStart"),
        new Hook(
            "channel-start",
            "org.apache.catalina.tribes.group.GroupChannel",
            named("start").and(takesArguments(int.class)),
            "tribes.LifecycleHooks$ChannelStart"),
        new Hook(
            "channel-stop",
            "org.apache.catalina.tribes.group.GroupChannel",
            named("stop").and(takesArguments(int.class)),
            "tribes.LifecycleHooks$ChannelStop"));
  }

  static final class ClusterStart {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object cluster) {
      Bridge.lifecycle().clusterStarting(cluster);
    }
  }

  static final class ChannelStart {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object channel) {
      Bridge.lifecycle().channelStarting(channel);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This GroupChannel channel) {
      Member local = channel.getLocalMember(false);
      if (local != null) {
        Bridge.lifecycle().channelStarted(channel, local.getHost(), local.getPort());
      }
    }
  }

  static final class ChannelStop {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Object channel, @Advice.Argument(0) int services) {
      // Channel.SND_RX_SEQ (1) and SND_TX_SEQ (2): a channel that has lost its membership alone
      // still sends and receives; with static membership there may never have been another.
      if ((services & 3) == 3) {
        Bridge.lifecycle().channelStopped(channel);
      }
    }
  }
}
