package io.tribescope.agent.recording.sessions;

import io.tribescope.agent.recording.members.MemberKey;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A session, and a route, as 64 bits. The key of a session is hashed with a secret of this JVM and
 * without the route, which changes when the session moves: nothing of the id can be read from it.
 */
public final class SessionKey {
  private static final long SECRET = new SecureRandom().nextLong();
  private static final AtomicLong CONTEXTS = new AtomicLong();
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private SessionKey() {}

  /**
   * What the keys of a context's sessions are hashed with, another for each context, which may
   * share ids, and after each of its starts.
   */
  static long newSeed() {
    return MemberKey.mix(SECRET + CONTEXTS.incrementAndGet() * MULTIPLIER);
  }

  /** Even, and never 0. Allocates nothing. */
  static long of(long seed, String id) {
    int dot = id.indexOf('.');
    long key = hash(seed, id, 0, dot < 0 ? id.length() : dot) & ~1L;
    return key == 0 ? 2 : key;
  }

  /** The route in a session's id, the same number on every node; 0 without one. */
  public static long routeOf(String id) {
    int dot = id.indexOf('.');
    return dot <= 0 ? 0 : route(id, dot + 1);
  }

  /** A jvmRoute, as {@link #routeOf} would say it. */
  public static long ofRoute(String jvmRoute) {
    return route(jvmRoute, 0);
  }

  private static long route(String text, int begin) {
    return begin >= text.length() ? 0 : hash(MULTIPLIER, text, begin, text.length()) | 1;
  }

  /** Four characters at a time: a session's id is 32 or more. */
  private static long hash(long seed, String text, int begin, int end) {
    long hash = seed;
    int i = begin;
    for (; i + 4 <= end; i += 4) {
      long four =
          text.charAt(i)
              | (long) text.charAt(i + 1) << 16
              | (long) text.charAt(i + 2) << 32
              | (long) text.charAt(i + 3) << 48;
      hash = fold(hash ^ four);
    }
    for (; i < end; i++) {
      hash = fold(hash ^ text.charAt(i));
    }
    return MemberKey.mix(hash ^ (end - begin));
  }

  private static long fold(long value) {
    long product = value * MULTIPLIER;
    return product ^ (product >>> 32);
  }
}
