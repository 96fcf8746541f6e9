package io.tribescope.agent.tomcat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.tribes.Member;
import org.apache.catalina.tribes.group.GroupChannel;
import org.apache.catalina.tribes.membership.MemberImpl;
import org.jspecify.annotations.Nullable;

/** A fake: Tomcat's own channel and members, with a view that a test writes. */
public final class FakeChannel extends GroupChannel {
  private final List<Member> members = new ArrayList<>();
  private @Nullable Member local;

  public FakeChannel local(String host, int port) {
    local = member(host, port, 0);
    return this;
  }

  /**
   * @param life tells lives of the same address apart
   */
  public FakeChannel with(String host, int port, int life) {
    members.add(member(host, port, life));
    return this;
  }

  private static Member member(String host, int port, int life) {
    try {
      MemberImpl member = new MemberImpl(host, port, 1000);
      byte[] id = new byte[16];
      id[0] = 0x0A;
      id[15] = (byte) life;
      member.setUniqueId(id);
      return member;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  @SuppressWarnings("NullAway") // a channel that does not run has none
  public Member getLocalMember(boolean incAlive) {
    return local;
  }

  @Override
  public Member[] getMembers() {
    return members.toArray(new Member[0]);
  }
}
