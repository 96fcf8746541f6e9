package io.tribescope.agent.hooks.tribes;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.tribes.Member;

/** Where a member comes, goes, is suspected and is cleared of the suspicion. */
public final class MembershipHooks {
  private MembershipHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "member-added",
            "org.apache.catalina.tribes.group.GroupChannel",
            named("memberAdded").and(takesArguments(1)),
            "tribes.MembershipHooks$MemberAdded"),
        new Hook(
            "member-disappeared",
            "org.apache.catalina.tribes.group.GroupChannel",
            named("memberDisappeared").and(takesArguments(1)),
            "tribes.MembershipHooks$MemberDisappeared"),
        new Hook(
            "member-suspected",
            "org.apache.catalina.tribes.group.interceptors.TcpFailureDetector",
            named("memberDisappeared").and(takesArguments(1)),
            "tribes.MembershipHooks$MemberSuspected"),
        new Hook(
            "member-verified",
            "org.apache.catalina.tribes.group.interceptors.TcpFailureDetector",
            named("memberAlive").and(takesArguments(1)),
            "tribes.MembershipHooks$MemberVerified"));
  }

  static final class MemberAdded {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object channel, @Advice.Argument(0) Member member) {
      Bridge.membership()
          .memberAdded(channel, member.getHost(), member.getPort(), member.getUniqueId());
    }
  }

  static final class MemberDisappeared {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object channel, @Advice.Argument(0) Member member) {
      Bridge.membership()
          .memberDisappeared(
              channel,
              member.getHost(),
              member.getPort(),
              member.getUniqueId(),
              Arrays.equals(member.getCommand(), Member.SHUTDOWN_PAYLOAD));
    }
  }

  static final class MemberSuspected {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Member member) {
      if (!Arrays.equals(member.getCommand(), Member.SHUTDOWN_PAYLOAD)) {
        Bridge.membership().memberSuspected(member.getHost(), member.getPort());
      }
    }
  }

  static final class MemberVerified {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Member member, @Advice.Return boolean alive) {
      Bridge.membership().memberVerified(member.getHost(), member.getPort(), alive);
    }
  }
}
