package io.tribescope.agent.metrics.cluster;

import org.jspecify.annotations.Nullable;

/** What the user says of the cluster. Immutable. */
public final class ClusterSettings {
  private final @Nullable String cluster;
  private final @Nullable Integer expectedMembers;
  private final int memberSeriesLimit;

  /**
   * @param memberSeriesLimit above so many members {@code tomcat_cluster_member_up} is not exported
   */
  public ClusterSettings(
      @Nullable String cluster, @Nullable Integer expectedMembers, int memberSeriesLimit) {
    this.cluster = cluster;
    this.expectedMembers = expectedMembers;
    this.memberSeriesLimit = memberSeriesLimit;
  }

  public @Nullable String cluster() {
    return cluster;
  }

  public @Nullable Integer expectedMembers() {
    return expectedMembers;
  }

  public int memberSeriesLimit() {
    return memberSeriesLimit;
  }
}
