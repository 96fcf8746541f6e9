package io.tribescope.exporter.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer and its members. mod_jk's own counts of good and bad members are left out: they
 * take a member that waits for a trial request for good.
 *
 * @param recoverTimeSeconds how long a worker in error is left alone
 * @param maintenanceSeconds at most so long until the next maintenance
 * @param lastResetSeconds epoch seconds of the last reset of the counters
 */
public record Balancer(
    String name,
    @Nullable String method,
    @Nullable String lock,
    @Nullable Boolean stickySession,
    @Nullable Boolean stickySessionForce,
    @Nullable Long busy,
    @Nullable Long maxBusy,
    @Nullable Long recoverTimeSeconds,
    @Nullable Long maintenanceSeconds,
    @Nullable Long lastResetSeconds,
    List<Member> members,
    List<Mapping> mappings) {

  public Balancer {
    members = List.copyOf(members);
    mappings = List.copyOf(mappings);
  }
}
