package io.tribescope.exporter.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
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
import io.tribescope.metrics.LabelValue;
import io.tribescope.metrics.MetricFamily;
import io.tribescope.metrics.MetricFamily.Label;
import io.tribescope.metrics.Snapshots;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The samples of one reading. */
public final class ModJkSamples {
  private final Snapshots out = new Snapshots();
  private final Map<MetricFamily, Set<Labels>> added = new HashMap<>();

  private ModJkSamples() {}

  /**
   * A failed reading gives modjk_up 0, its reason and the duration, and nothing else: there are no
   * values of yesterday.
   */
  public static MetricSnapshots of(Reading reading, Duration duration) {
    ModJkSamples samples = new ModJkSamples();
    samples.add(ModJkFamilies.SCRAPE_DURATION, duration.toNanos() / 1e9);
    if (reading instanceof Reading.Understood understood) {
      samples.add(ModJkFamilies.UP, 1);
      samples.status(understood.status());
    } else if (reading instanceof Reading.Failed failed) {
      samples.add(ModJkFamilies.UP, 0);
      samples.add(ModJkFamilies.SCRAPE_FAILURE, 1, LabelValue.of(failed.reason()));
    }
    return samples.out.build();
  }

  private void status(ModJkStatus status) {
    if (status.version() != null || status.webServer() != null) {
      add(ModJkFamilies.INFO, 1, status.version(), status.webServer());
    }
    status.balancers().forEach(this::balancer);
    status.standaloneWorkers().forEach(this::standalone);
    DistinctWorkers.of(status).forEach(this::traffic);
  }

  private void balancer(Balancer balancer) {
    String name = balancer.name();
    add(
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
                add(ModJkFamilies.BALANCER_MEMBERS, members, name, LabelValue.of(availability));
              }
            });
    add(ModJkFamilies.BALANCER_BUSY, balancer.busy(), name);
    add(ModJkFamilies.BALANCER_MAX_BUSY, balancer.maxBusy(), name);
    add(ModJkFamilies.BALANCER_RECOVER_TIME, balancer.recoverTimeSeconds(), name);
    add(ModJkFamilies.BALANCER_MAINTENANCE, balancer.maintenanceSeconds(), name);
    add(ModJkFamilies.BALANCER_LAST_RESET, balancer.lastResetSeconds(), name);
    balancer.members().forEach(member -> member(name, member));
    mappings(name, null, balancer.mappings());
  }

  private void member(String balancer, Member member) {
    String worker = member.worker().name();
    add(
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
        add(ModJkFamilies.WORKER_STATE, is, balancer, worker, state.label());
      }
    }
    if (member.activation() != null) {
      for (Activation activation : Activation.values()) {
        int is = activation == member.activation() ? 1 : 0;
        add(ModJkFamilies.WORKER_ACTIVATION, is, balancer, worker, activation.label());
      }
    }
    add(ModJkFamilies.WORKER_ERRORS, member.errors(), balancer, worker);
    add(ModJkFamilies.WORKER_NEW_SESSIONS, member.newSessions(), balancer, worker);
    add(ModJkFamilies.WORKER_LB_VALUE, member.lbValue(), balancer, worker);
    add(ModJkFamilies.WORKER_LB_FACTOR, member.lbFactor(), balancer, worker);
    add(ModJkFamilies.WORKER_DISTANCE, member.distance(), balancer, worker);
    add(ModJkFamilies.WORKER_RECOVER, member.recoverSeconds(), balancer, worker);
    add(ModJkFamilies.WORKER_LAST_ERROR, member.lastErrorSeconds(), balancer, worker);
  }

  private void standalone(StandaloneWorker standalone) {
    Worker worker = standalone.worker();
    add(
        ModJkFamilies.WORKER_INFO,
        1,
        null,
        worker.name(),
        null,
        worker.address(),
        null,
        null,
        worker.type());
    add(ModJkFamilies.WORKER_ERRORS, standalone.errors(), null, worker.name());
    add(ModJkFamilies.WORKER_LAST_ERROR, standalone.lastErrorSeconds(), null, worker.name());
    mappings(null, worker.name(), standalone.mappings());
  }

  private void traffic(Worker worker) {
    String name = worker.name();
    add(ModJkFamilies.WORKER_REQUESTS, worker.requests(), name);
    add(ModJkFamilies.WORKER_CLIENT_ERRORS, worker.clientErrors(), name);
    add(ModJkFamilies.WORKER_SENT_BYTES, worker.sentBytes(), name);
    add(ModJkFamilies.WORKER_RECEIVED_BYTES, worker.receivedBytes(), name);
    add(ModJkFamilies.WORKER_BUSY, worker.busy(), name);
    add(ModJkFamilies.WORKER_MAX_BUSY, worker.maxBusy(), name);
    add(ModJkFamilies.WORKER_CONNECTIONS, worker.connections(), name);
    add(ModJkFamilies.WORKER_MAX_CONNECTIONS, worker.maxConnections(), name);
    add(ModJkFamilies.WORKER_BUSY_LIMIT, worker.busyLimit(), name);
    add(ModJkFamilies.WORKER_REPLY_TIMEOUTS, worker.replyTimeouts(), name);
  }

  private void mappings(
      @Nullable String balancer, @Nullable String worker, List<Mapping> mappings) {
    for (Mapping mapping : mappings) {
      add(
          ModJkFamilies.MAPPING_INFO,
          1,
          balancer,
          worker,
          mapping.server(),
          mapping.uri(),
          mapping.type());
    }
  }

  /**
   * What is unknown is left out, and so is a second sample of the same labels, which an answer that
   * names something twice would bring.
   *
   * @param value {@code null} adds nothing
   * @param labelValues in the order of the family's labels; {@code null} is empty, which for
   *     Prometheus is the same as no label
   */
  private void add(MetricFamily family, @Nullable Number value, @Nullable String... labelValues) {
    if (value == null) {
      return;
    }
    String[] names = family.labels().stream().map(Label::name).toArray(String[]::new);
    String[] values = new String[labelValues.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Objects.requireNonNullElse(labelValues[i], "");
    }
    Labels labels = Labels.of(names, values);
    if (added.computeIfAbsent(family, f -> new HashSet<>()).add(labels)) {
      out.add(family, labels, value.doubleValue());
    }
  }

  private static @Nullable String flag(@Nullable Boolean value) {
    return value == null ? null : value.toString();
  }
}
