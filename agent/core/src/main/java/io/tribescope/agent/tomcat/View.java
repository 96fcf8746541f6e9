package io.tribescope.agent.tomcat;

import io.tribescope.agent.recording.members.MemberKey;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A channel's view at one moment, as the channel itself gives it. Immutable. */
public final class View {
  private final TribesChannel.Member local;
  private final List<TribesChannel.Member> others;

  private View(TribesChannel.Member local, List<TribesChannel.Member> others) {
    this.local = local;
    this.others = others;
  }

  /** Null while the channel does not run. */
  public static @Nullable View of(Object channel) throws ReflectiveOperationException {
    TribesChannel tribes = new TribesChannel(channel);
    TribesChannel.Member local = tribes.local();
    return local == null ? null : new View(local, tribes.members());
  }

  public TribesChannel.Member local() {
    return local;
  }

  /** One entry an address and life: a ghost stands beside the life that followed it. */
  public List<TribesChannel.Member> others() {
    return others;
  }

  public String localName() {
    return MemberKey.name(local.host(), local.port());
  }

  public long localKey() {
    return MemberKey.of(local.host(), local.port());
  }

  /** Addresses in the view, this node's included. */
  public int size() {
    return keys().size();
  }

  /** Entries beyond the first of each address. */
  public int ghosts() {
    return 1 + others.size() - size();
  }

  /**
   * Hash of the set of addresses, an integer below 2^53, which a double holds exactly; the same on
   * every node that has the same view.
   */
  public long hash() {
    long hash = 0;
    for (long key : keys()) {
      hash = MemberKey.mix(hash * 31 + key);
    }
    return hash >>> 11;
  }

  private Set<Long> keys() {
    Set<Long> keys = new TreeSet<>();
    keys.add(localKey());
    for (TribesChannel.Member other : others) {
      keys.add(MemberKey.of(other.host(), other.port()));
    }
    return keys;
  }

  /** Whether this node announces an address that means every interface. */
  public boolean announcesWildcard() {
    for (byte b : local.host()) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether this node announces a loopback address to members on other hosts: to one that announces
   * another kind, or to one that announces the very same (Debian's 127.0.1.1 on every host).
   */
  public boolean announcesLoopbackAmongOthers() {
    return isLoopback(local.host())
        && others.stream()
            .anyMatch(
                other ->
                    !isLoopback(other.host())
                        || MemberKey.of(other.host(), other.port()) == localKey());
  }

  private static boolean isLoopback(byte[] host) {
    if (host.length == 4) {
      return host[0] == 127;
    }
    for (int i = 0; i < host.length - 1; i++) {
      if (host[i] != 0) {
        return false;
      }
    }
    return host[host.length - 1] == 1;
  }
}
