package io.tribescope.exporter.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole status of one mod_jk.
 *
 * @param version such as {@code mod_jk/1.2.48}
 * @param webServer such as {@code Apache/2.4.71 (Debian) mod_jk/1.2.48}
 */
public record ModJkStatus(
    @Nullable String version,
    @Nullable String webServer,
    List<Balancer> balancers,
    List<StandaloneWorker> standaloneWorkers) {

  public ModJkStatus {
    balancers = List.copyOf(balancers);
    standaloneWorkers = List.copyOf(standaloneWorkers);
  }
}
