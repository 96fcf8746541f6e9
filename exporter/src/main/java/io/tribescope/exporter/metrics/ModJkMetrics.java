package io.tribescope.exporter.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tribescope.exporter.model.Activation;
import io.tribescope.exporter.model.Balancer;
import io.tribescope.exporter.model.Mapping;
import io.tribescope.exporter.model.Member;
import io.tribescope.exporter.model.ModJkStatus;
import io.tribescope.exporter.model.Reading;
import io.tribescope.exporter.model.StandaloneWorker;
import io.tribescope.exporter.model.Worker;
import io.tribescope.exporter.model.WorkerState;
import io.tribescope.exporter.verdict.Availability;
import io.tribescope.exporter.verdict.DistinctWorkers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns one reading into metrics. */
public final class ModJkMetrics {
  private final Samples samples = new Samples();

  private ModJkMetrics() {}

  /**
   * A failed reading gives modjk_up 0, its reason and the duration, and nothing else: there are no
   * values of yesterday.
   */
  public static MetricSnapshots of(Reading reading, Duration duration) {
    ModJkMetrics metrics = new ModJkMetrics();
    metrics.samples.add(ModJkFamilies.SCRAPE_DURATION, duration.toNanos() / 1e9);
    if (reading instanceof Reading.Understood understood) {
      metrics.samples.add(ModJkFamilies.UP, 1);
      metrics.status(understood.status());
    } else if (reading instanceof Reading.Failed failed) {
      metrics.samples.add(ModJkFamilies.UP, 0);
      metrics.samples.add(ModJkFamilies.SCRAPE_FAILURE, 1, failed.reason().label());
    }
    return metrics.samples.snapshots();
  }

  private void status(ModJkStatus status) {
    if (status.version() != null || status.webServer() != null) {
      samples.add(ModJkFamilies.INFO, 1, status.version(), status.webServer());
    }
    status.balancers().forEach(this::balancer);
    status.standaloneWorkers().forEach(this::standalone);
    DistinctWorkers.of(status).forEach(this::traffic);
  }

  private void balancer(Balancer balancer) {
    String name = balancer.name();
    samples.add(
        ModJkFamilies.BALANCER_INFO,
        1,
        name,
        balancer.method(),
        balancer.lock(),
        flag(balancer.stickySession()),
        flag(balancer.stickySessionForce()));
    Availability.count(balancer)
        .forEach(
            (availability, members) -> {
              if (members > 0 || availability != Availability.UNKNOWN) {
                samples.add(ModJkFamilies.BALANCER_MEMBERS, members, name, availability.label());
              }
            });
    samples.add(ModJkFamilies.BALANCER_BUSY, balancer.busy(), name);
    samples.add(ModJkFamilies.BALANCER_MAX_BUSY, balancer.maxBusy(), name);
    samples.add(ModJkFamilies.BALANCER_RECOVER_TIME, balancer.recoverTimeSeconds(), name);
    samples.add(ModJkFamilies.BALANCER_MAINTENANCE, balancer.maintenanceSeconds(), name);
    samples.add(ModJkFamilies.BALANCER_LAST_RESET, balancer.lastResetSeconds(), name);
    balancer.members().forEach(member -> member(name, member));
    mappings(name, null, balancer.mappings());
  }

  private void member(String balancer, Member member) {
    String worker = member.worker().name();
    samples.add(
        ModJkFamilies.WORKER_INFO,
        1,
        balancer,
        worker,
        member.route(),
        member.worker().address(),
        member.domain(),
        member.redirect(),
        member.worker().type());
    if (member.state() != null) {
      for (WorkerState state : WorkerState.values()) {
        int is = state == member.state() ? 1 : 0;
        samples.add(ModJkFamilies.WORKER_STATE, is, balancer, worker, state.label());
      }
    }
    if (member.activation() != null) {
      for (Activation activation : Activation.values()) {
        int is = activation == member.activation() ? 1 : 0;
        samples.add(ModJkFamilies.WORKER_ACTIVATION, is, balancer, worker, activation.label());
      }
    }
    samples.add(ModJkFamilies.WORKER_ERRORS, member.errors(), balancer, worker);
    samples.add(ModJkFamilies.WORKER_NEW_SESSIONS, member.newSessions(), balancer, worker);
    samples.add(ModJkFamilies.WORKER_LB_VALUE, member.lbValue(), balancer, worker);
    samples.add(ModJkFamilies.WORKER_LB_FACTOR, member.lbFactor(), balancer, worker);
    samples.add(ModJkFamilies.WORKER_DISTANCE, member.distance(), balancer, worker);
    samples.add(ModJkFamilies.WORKER_RECOVER, member.recoverSeconds(), balancer, worker);
    samples.add(ModJkFamilies.WORKER_LAST_ERROR, member.lastErrorSeconds(), balancer, worker);
  }

  private void standalone(StandaloneWorker standalone) {
    Worker worker = standalone.worker();
    samples.add(
        ModJkFamilies.WORKER_INFO,
        1,
        null,
        worker.name(),
        null,
        worker.address(),
        null,
        null,
        worker.type());
    samples.add(ModJkFamilies.WORKER_ERRORS, standalone.errors(), null, worker.name());
    samples.add(
        ModJkFamilies.WORKER_LAST_ERROR, standalone.lastErrorSeconds(), null, worker.name());
    mappings(null, worker.name(), standalone.mappings());
  }

  private void traffic(Worker worker) {
    String name = worker.name();
    samples.add(ModJkFamilies.WORKER_REQUESTS, worker.requests(), name);
    samples.add(ModJkFamilies.WORKER_CLIENT_ERRORS, worker.clientErrors(), name);
    samples.add(ModJkFamilies.WORKER_SENT_BYTES, worker.sentBytes(), name);
    samples.add(ModJkFamilies.WORKER_RECEIVED_BYTES, worker.receivedBytes(), name);
    samples.add(ModJkFamilies.WORKER_BUSY, worker.busy(), name);
    samples.add(ModJkFamilies.WORKER_MAX_BUSY, worker.maxBusy(), name);
    samples.add(ModJkFamilies.WORKER_CONNECTIONS, worker.connections(), name);
    samples.add(ModJkFamilies.WORKER_MAX_CONNECTIONS, worker.maxConnections(), name);
    samples.add(ModJkFamilies.WORKER_BUSY_LIMIT, worker.busyLimit(), name);
    samples.add(ModJkFamilies.WORKER_REPLY_TIMEOUTS, worker.replyTimeouts(), name);
  }

  private void mappings(
      @Nullable String balancer, @Nullable String worker, List<Mapping> mappings) {
    for (Mapping mapping : mappings) {
      samples.add(
          ModJkFamilies.MAPPING_INFO,
          1,
          balancer,
          worker,
          mapping.server(),
          mapping.uri(),
          mapping.type());
    }
  }

  private static @Nullable String flag(@Nullable Boolean value) {
    return value == null ? null : value.toString();
  }
}
