package io.tribescope.agent.recording.counters;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Failures by the class of the offending value, of at most 50 classes; the rest is {@code other}.
 * Thread-safe. Only what has failed comes here: that it may allocate costs nobody anything.
 */
public final class OffenderCounts {
  private static final int LIMIT = 50;
  private static final int LONGEST_NAME = 200;
  private static final String OTHER = "other";

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final LongAdder others = new LongAdder();

  public void failed(Throwable failure) {
    count(offender(failure));
  }

  /**
   * @param type the class of the offending value, or {@code other}
   */
  public void count(String type) {
    String name = type.length() <= LONGEST_NAME ? type : OTHER;
    LongAdder known = name.equals(OTHER) ? others : counts.get(name);
    if (known == null) {
      known = counts.size() < LIMIT ? counts.computeIfAbsent(name, n -> new LongAdder()) : others;
    }
    known.increment();
  }

  /**
   * Java's own serialization names the class, and perhaps the way to it; what an application throws
   * may say anything, also what must not be published.
   */
  static String offender(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String message = failure.getMessage();
    if (!(failure instanceof java.io.NotSerializableException)
        || message == null
        || trace.length == 0
        || !trace[0].getClassName().equals("java.io.ObjectOutputStream")) {
      return OTHER;
    }
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  public Map<String, Long> counts() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((name, count) -> all.put(name, count.sum()));
    if (others.sum() > 0) {
      all.put(OTHER, others.sum());
    }
    return all;
  }
}
