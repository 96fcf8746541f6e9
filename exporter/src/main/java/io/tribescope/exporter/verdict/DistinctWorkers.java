package io.tribescope.exporter.verdict;

import io.tribescope.exporter.model.Balancer;
import io.tribescope.exporter.model.Member;
import io.tribescope.exporter.model.ModJkStatus;
import io.tribescope.exporter.model.StandaloneWorker;
import io.tribescope.exporter.model.Worker;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Each worker once, however many balancers share it. */
public final class DistinctWorkers {
  private DistinctWorkers() {}

  /** The workers by name, in the order of the status; of copies the first is taken. */
  public static Collection<Worker> of(ModJkStatus status) {
    Map<String, Worker> workers = new LinkedHashMap<>();
    for (Balancer balancer : status.balancers()) {
      for (Member member : balancer.members()) {
        workers.putIfAbsent(member.worker().name(), member.worker());
      }
    }
    for (StandaloneWorker standalone : status.standaloneWorkers()) {
      workers.putIfAbsent(standalone.worker().name(), standalone.worker());
    }
    return workers.values();
  }
}
