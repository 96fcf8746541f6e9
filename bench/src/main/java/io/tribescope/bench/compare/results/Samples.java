package io.tribescope.bench.compare.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * The Java samples ({@code jdk.ExecutionSample}) of flight recordings, counted: how many there are,
 * and how many have a frame of ours anywhere in the stack. Those of the probe's thread are apart.
 */
public final class Samples {
  private static final String OURS = "io.tribescope.";
  private static final String PROBE = "tribescope-probe";

  private final Map<String, Integer> methods = new TreeMap<>();
  private int total;
  private int ours;
  private int probe;
  private int truncated;

  /** Adds all that a recording holds. */
  public void add(Path recording) throws IOException {
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        RecordedStackTrace stack = event.getStackTrace();
        if (event.getEventType().getName().equals("jdk.ExecutionSample") && stack != null) {
          RecordedThread thread = event.getThread("sampledThread");
          String name = thread == null || thread.getJavaName() == null ? "" : thread.getJavaName();
          add(name, stack.getFrames().stream().map(Samples::method).toList());
          truncated += stack.isTruncated() ? 1 : 0;
        }
      }
    }
  }

  private static String method(RecordedFrame frame) {
    RecordedMethod method = frame.getMethod();
    return method.getType().getName() + "." + method.getName();
  }

  /**
   * Adds one sample.
   *
   * @param frames the methods, each with the full name of its class, the innermost first
   */
  void add(String thread, List<String> frames) {
    if (thread.equals(PROBE)) {
      probe++;
      return;
    }
    total++;
    frames.stream()
        .filter(method -> method.startsWith(OURS))
        .findFirst()
        .ifPresent(
            innermost -> {
              ours++;
              methods.merge(innermost, 1, Integer::sum);
            });
  }

  /** All, but for those of the probe's thread. */
  public int total() {
    return total;
  }

  /** Those of them with a frame of ours. */
  public int ours() {
    return ours;
  }

  /** Those of the probe's thread. */
  public int probe() {
    return probe;
  }

  /** Those whose stack was too deep to be recorded whole: a frame of ours may be missing. */
  public int truncated() {
    return truncated;
  }

  /** The share of {@link #ours} in {@link #total}; 0 when there is no sample. */
  public double share() {
    return total == 0 ? 0 : (double) ours / total;
  }

  /** Our methods by the samples whose innermost frame of ours is theirs, the most first. */
  public Map<String, Integer> methods(int most) {
    Map<String, Integer> ordered = new LinkedHashMap<>();
    methods.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(most)
        .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    return ordered;
  }
}
