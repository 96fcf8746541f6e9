package io.tribescope.exporter.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker that is used without a balancer. mod_jk reports no state for it.
 *
 * @param errors also counts requests refused at the busy limit
 * @param lastErrorSeconds epoch seconds of the last error, never cleared
 */
public record StandaloneWorker(
    Worker worker, @Nullable Long errors, @Nullable Long lastErrorSeconds, List<Mapping> mappings) {

  public StandaloneWorker {
    mappings = List.copyOf(mappings);
  }
}
