package io.tribescope.agent.recording.cache.records;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that caches are replicated to and from, by a small number each. Looked up in the URL
 * that holds the name, so that nothing is allocated but for a new one. {@link IdleHosts} makes
 * room. Thread-safe.
 */
public final class PeerHosts {
  /** More peers than any cache has; this number is for all others. */
  public static final int OTHER = 63;

  /** Whoever listens to a topic of JMS, or is in a group of JGroups: nobody knows more of them. */
  public static final int JMS = 64;

  public static final int JGROUPS = 65;

  /** All numbers are below. */
  public static final int LIMIT = 66;

  /** Null for a number that is no host's any more. */
  private volatile @Nullable String[] hosts = {};

  /** Of these numbers those that another host may get. Guarded by this. */
  private final BitSet free = new BitSet(OTHER);

  /** So that who finds no room takes no lock to find that again. */
  private volatile boolean full;

  private volatile boolean saturated;

  /** Of {@code //host:port/cache}, as Ehcache writes it, or {@code rmi://host:port/cache}. */
  public int ofUrl(String url) {
    int slashes = url.indexOf("//");
    int begin = slashes < 0 ? 0 : slashes + 2;
    int end = begin;
    boolean bracketed = end < url.length() && url.charAt(end) == '[';
    while (end < url.length() && url.charAt(end) != '/') {
      if (url.charAt(end) == ':' && !bracketed) {
        break;
      }
      bracketed &= url.charAt(end) != ']';
      end++;
    }
    return of(url, begin, end - begin);
  }

  public int ofHost(String host) {
    return of(host, 0, host.length());
  }

  private int of(String text, int begin, int length) {
    @Nullable String[] known = hosts;
    for (int i = 0; i < known.length; i++) {
      String host = known[i];
      if (host != null && host.length() == length && host.regionMatches(0, text, begin, length)) {
        return i;
      }
    }
    return full ? none() : add(text.substring(begin, begin + length));
  }

  private synchronized int add(String host) {
    @Nullable String[] known = hosts;
    for (int i = 0; i < known.length; i++) {
      if (host.equals(known[i])) {
        return i;
      }
    }
    int number = free.isEmpty() ? known.length : free.nextSetBit(0);
    if (number == OTHER) {
      full = true;
      return none();
    }
    free.clear(number);
    @Nullable String[] more = Arrays.copyOf(known, Math.max(known.length, number + 1));
    more[number] = host;
    hosts = more;
    return number;
  }

  /** That number is no host's any more, and nobody else's yet. */
  synchronized void retire(int number) {
    @Nullable String[] fewer = hosts.clone();
    fewer[number] = null;
    hosts = fewer;
  }

  /** That number, which was retired, may be another host's. */
  synchronized void release(int number) {
    free.set(number);
    full = false;
  }

  /** How many numbers there are, the retired ones included. */
  int size() {
    return hosts.length;
  }

  private int none() {
    saturated = true;
    return OTHER;
  }

  /** The name of the transport that the number stands for; null when it is a host's. */
  public static @Nullable String transport(int number) {
    return number == JMS ? "jms" : number == JGROUPS ? "jgroups" : null;
  }

  /** The host as it was written; null for the number of all others or of a transport. */
  public @Nullable String host(int number) {
    @Nullable String[] known = hosts;
    return number < known.length ? known[number] : null;
  }

  /** All hosts, as they were written. */
  public List<String> all() {
    List<String> all = new ArrayList<>();
    for (String host : hosts) {
      if (host != null) {
        all.add(host);
      }
    }
    return all;
  }

  /** Whether a host was ever left to the others for want of room. */
  public boolean saturated() {
    return saturated;
  }
}
