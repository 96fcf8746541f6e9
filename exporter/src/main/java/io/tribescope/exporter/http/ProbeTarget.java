package io.tribescope.exporter.http;

import io.tribescope.exporter.model.Reading;
import java.time.Duration;

/**
 * Something to probe, known to clients by its alias only, so that no request can make the exporter
 * call an address of the client's choice.
 */
public record ProbeTarget(String alias, Source source) {

  /** Reads the target's status; called by several threads at once. */
  @FunctionalInterface
  public interface Source {
    /**
     * @param limit for the whole reading
     * @throws InterruptedException when the waiting thread is interrupted
     */
    Reading read(Duration limit) throws InterruptedException;
  }
}
