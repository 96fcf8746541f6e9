package io.tribescope.testbed.demo;

import java.time.Duration;
import java.util.function.Predicate;

/** Looks once a second and shows what it sees, until something is seen or the time is over. */
final class Watch {
  private final Observer observer;
  private final LiveLine line;
  private final Ticker ticker = new Ticker();

  /**
   * How a wait ended.
   *
   * @param seen whether what was waited for came
   * @param last the last observation
   * @param passed since what was to bring it about
   */
  record Sighting(boolean seen, Observation last, Duration passed) {}

  Watch(Observer observer, LiveLine line) {
    this.observer = observer;
    this.line = line;
  }

  /**
   * Waits for what an act should bring about.
   *
   * @param since {@link System#nanoTime} of the act
   * @param deadline from then on
   */
  Sighting until(long since, Duration deadline, Predicate<Observation> wanted) {
    while (true) {
      ticker.next();
      Observation now = observer.look();
      line.show(now);
      boolean seen = wanted.test(now);
      Duration passed = Duration.ofNanos(System.nanoTime() - since);
      if (seen || passed.compareTo(deadline) > 0) {
        line.end();
        return new Sighting(seen, now, passed);
      }
    }
  }

  /** Only watches. */
  void during(Duration time) {
    until(System.nanoTime(), time, now -> false);
  }
}
