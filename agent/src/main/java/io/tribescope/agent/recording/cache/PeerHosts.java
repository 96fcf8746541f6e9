package io.tribescope.agent.recording.cache;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that caches are replicated to and from, by a small number each. Looked up in the URL
 * that holds the name, so that nothing is allocated but for a new one. Thread-safe.
 */
public final class PeerHosts {
  /** More peers than any cache has; this number is for all others. */
  static final int OTHER = 63;

  /** Whoever listens to a topic of JMS, or is in a group of JGroups: nobody knows more of them. */
  static final int JMS = 64;

  static final int JGROUPS = 65;

  /** All numbers are below. */
  static final int LIMIT = 66;

  private volatile String[] hosts = {};
  private volatile boolean saturated;

  /** Of {@code //host:port/cache}, as Ehcache writes it, or {@code rmi://host:port/cache}. */
  int ofUrl(String url) {
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

  int ofHost(String host) {
    return of(host, 0, host.length());
  }

  private int of(String text, int begin, int length) {
    String[] known = hosts;
    for (int i = 0; i < known.length; i++) {
      if (known[i].length() == length && known[i].regionMatches(0, text, begin, length)) {
        return i;
      }
    }
    return known.length < OTHER ? add(text.substring(begin, begin + length)) : none();
  }

  private synchronized int add(String host) {
    String[] known = hosts;
    for (int i = 0; i < known.length; i++) {
      if (known[i].equals(host)) {
        return i;
      }
    }
    if (known.length == OTHER) {
      return none();
    }
    String[] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = host;
    hosts = more;
    return known.length;
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
    String[] known = hosts;
    return number < known.length ? known[number] : null;
  }

  /** All hosts, as they were written. */
  public List<String> all() {
    return Collections.unmodifiableList(Arrays.asList(hosts));
  }

  /** Whether a host was ever left to the others for want of room. */
  public boolean saturated() {
    return saturated;
  }
}
