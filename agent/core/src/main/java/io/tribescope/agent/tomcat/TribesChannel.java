package io.tribescope.agent.tomcat;

import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and uses one of Tomcat's channels from outside its class loader. By reflection: at a scrape
 * and for a probe, never in a hook.
 */
public final class TribesChannel {
  /** Channel.SEND_OPTIONS_BYTE_MESSAGE: synchronous, no acknowledgement. */
  private static final int BYTE_MESSAGE = 1;

  private final Object channel;
  private final Class<?> channelType;
  private final Class<?> memberType;

  /**
   * @throws ReflectiveOperationException when this is no channel as Tomcat 6 to 11 have it
   */
  public TribesChannel(Object channel) throws ReflectiveOperationException {
    this.channel = channel;
    channelType = load("org.apache.catalina.tribes.Channel");
    memberType = load("org.apache.catalina.tribes.Member");
  }

  /** A member as its channel sees it now. */
  public static final class Member {
    final Object tomcatMember;
    private final byte[] host;
    private final int port;
    private final byte[] uniqueId;

    private Member(Object tomcatMember, byte[] host, int port, byte[] uniqueId) {
      this.tomcatMember = tomcatMember;
      this.host = host;
      this.port = port;
      this.uniqueId = uniqueId;
    }

    /** Announced address bytes; not to be changed. */
    public byte[] host() {
      return host;
    }

    public int port() {
      return port;
    }

    /** Not to be changed. */
    public byte[] uniqueId() {
      return uniqueId;
    }
  }

  /** The channel's own name, which Tomcat knows since 8.5; null without one. */
  public @Nullable String name() {
    try {
      Object name = invoke(channel.getClass().getMethod("getName"), channel);
      return name == null ? null : name.toString();
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** This node as it announces itself; null until the channel has started. */
  public @Nullable Member local() throws ReflectiveOperationException {
    Object member = invoke(channelType.getMethod("getLocalMember", boolean.class), channel, false);
    return member == null ? null : read(member);
  }

  /** The view, without this node. An address can stand in it twice. */
  public List<Member> members() throws ReflectiveOperationException {
    Object array = invoke(channelType.getMethod("getMembers"), channel);
    int length = array == null ? 0 : Array.getLength(array);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      members.add(read(Array.get(array, i)));
    }
    return Collections.unmodifiableList(members);
  }

  /** Sends raw bytes, which a node without a listener for them ignores. Blocks until written. */
  public void send(Member destination, byte[] payload) throws ReflectiveOperationException {
    Object message =
        load("org.apache.catalina.tribes.ByteMessage")
            .getConstructor(byte[].class)
            .newInstance((Object) payload);
    Object destinations = Array.newInstance(memberType, 1);
    Array.set(destinations, 0, destination.tomcatMember);
    Method send =
        channelType.getMethod("send", destinations.getClass(), Serializable.class, int.class);
    invoke(send, channel, destinations, message, BYTE_MESSAGE);
  }

  private Member read(Object member) throws ReflectiveOperationException {
    return new Member(
        member,
        (byte[]) require(memberType.getMethod("getHost"), member),
        (Integer) require(memberType.getMethod("getPort"), member),
        (byte[]) require(memberType.getMethod("getUniqueId"), member));
  }

  private static Object require(Method method, Object target) throws ReflectiveOperationException {
    Object value = invoke(method, target);
    if (value == null) {
      throw new ReflectiveOperationException(method.getName() + " gave nothing");
    }
    return value;
  }

  private static @Nullable Object invoke(Method method, Object target, Object... arguments)
      throws ReflectiveOperationException {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw new ReflectiveOperationException(method.getName() + " failed", e.getCause());
    }
  }

  private Class<?> load(String name) throws ClassNotFoundException {
    return Class.forName(name, false, channel.getClass().getClassLoader());
  }
}
