package io.tribescope.agent.ehcache;

import org.jspecify.annotations.Nullable;

/**
 * What stands before a cache's name in its URL. Read by hand: {@link java.net.URI} knows no host in
 * what has an underscore, and Ehcache does not mind. Immutable.
 */
public final class HostAndPort {
  public final String host;
  public final int port;

  private HostAndPort(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /** Of {@code //host:port/cache}, where the name may hold anything; null for what is none. */
  public static @Nullable HostAndPort of(@Nullable String url) {
    if (url == null) {
      return null;
    }
    int begin = url.indexOf("//") + 2;
    int end = url.indexOf('/', begin);
    int colon = end < 0 ? -1 : url.lastIndexOf(':', end);
    if (begin < 2 || colon <= begin) {
      return null;
    }
    try {
      return new HostAndPort(
          url.substring(begin, colon), Integer.parseInt(url.substring(colon + 1, end)));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
