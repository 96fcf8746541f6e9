package io.tribescope.agent.reads;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of hosts, without waiting for a name server: it can take many seconds over a name.
 * What is written as an address needs none. For scrapes; not thread-safe.
 */
public final class HostAddresses {
  /** A node that moves has another address then. */
  private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(5);

  private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

  /** Asks a name server. */
  public interface Resolver {
    /** At least one. */
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** What a name server last said, and when it is to be asked again. */
  private static final class Answer {
    /** Null where it has said so far only that there is none. */
    final @Nullable InetAddress address;

    final long untilNanos;

    Answer(@Nullable InetAddress address, long untilNanos) {
      this.address = address;
      this.untilNanos = untilNanos;
    }
  }

  private final Resolver resolver;
  private final LongSupplier nanoTime;
  private final TimedReads<String> reads = new TimedReads<>("tribescope-names");

  // An answer that comes after its scrape is there for the next one.
  private final ConcurrentMap<String, Answer> answers = new ConcurrentHashMap<>();

  public HostAddresses() {
    this(InetAddress::getAllByName, System::nanoTime);
  }

  public HostAddresses(Resolver resolver, LongSupplier nanoTime) {
    this.resolver = resolver;
    this.nanoTime = nanoTime;
  }

  /**
   * Looks up those that are not known yet or not any more, and returns after a moment whatever came
   * of it. Others than these are forgotten.
   */
  public void lookUp(Collection<String> hosts) {
    answers.keySet().retainAll(hosts);
    Map<String, Callable<Boolean>> asked = new HashMap<>();
    long now = nanoTime.getAsLong();
    for (String host : hosts) {
      Answer known = answers.get(host);
      if (!isAddress(host) && (known == null || now - known.untilNanos >= 0)) {
        asked.put(host, () -> resolve(host));
      }
    }
    reads.of(asked);
  }

  private boolean resolve(String host) {
    Answer known = answers.get(host);
    InetAddress old = known == null ? null : known.address;
    try {
      InetAddress[] found = resolver.resolve(host);
      // A server may give several in any order: a series must not go from one to the other.
      InetAddress address = old != null && Arrays.asList(found).contains(old) ? old : found[0];
      answers.put(host, new Answer(address, nanoTime.getAsLong() + KEPT_NANOS));
      return true;
    } catch (UnknownHostException e) {
      // Also when no server answers: what was known is likelier than nothing.
      answers.put(host, new Answer(old, nanoTime.getAsLong() + RETRY_NANOS));
      return false;
    }
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
  }

  /** Null while it is not known. */
  public @Nullable InetAddress of(String host) {
    if (isAddress(host)) {
      return literal(host);
    }
    Answer answer = answers.get(host);
    return answer == null ? null : answer.address;
  }

  private static @Nullable InetAddress literal(String host) {
    try {
      // In brackets nothing but an address is tried.
      boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
      return InetAddress.getByName(bare ? '[' + host + ']' : host);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** The address, or the name itself where it has none; null while that is not known. */
  public @Nullable String text(String host) {
    InetAddress address = of(host);
    return address != null
        ? address.getHostAddress()
        : isAddress(host) || answers.containsKey(host) ? host : null;
  }
}
