package io.tribescope.agent.metrics;

import io.tribescope.agent.hooks.HookStatus;

/**
 * By which hooks a figure is observed. Where one of them is broken the figure is left out: what
 * happened may have escaped, and a 0 would say that all is well.
 */
public enum Observed {
  /** Asked of Tomcat or of the agent itself at the scrape. */
  AT_SCRAPE,
  MEMBERSHIP("member-added", "member-disappeared", "member-suspected", "member-verified"),
  SENDING("transmit"),
  COMPLETION("transmit", "transmit-peer", "transmit-peer-blocking", "transmit-ack-blocking"),
  COMPLETION_BY_TYPE(
      "cluster-send",
      "channel-send",
      "message-id",
      "transmit",
      "transmit-peer",
      "transmit-peer-blocking",
      "transmit-ack-blocking"),
  DELIVERY("channel-receive"),
  RECEIPTS(
      "channel-send",
      "message-id",
      "transmit",
      "transmit-peer",
      "transmit-peer-blocking",
      "transmit-ack-blocking",
      "channel-receive",
      "member-added"),
  DELIVERY_BY_TYPE("channel-receive", "deserialize", "cluster-receive"),
  APPLICATION(
      "channel-receive",
      "deserialize",
      "cluster-receive",
      "manager-receive",
      "session-message",
      "session-handle",
      "state-handle",
      "state-transfer",
      "delta-apply",
      "session-met"),
  TRACKING(
      "cluster-send",
      "channel-send",
      "message-id",
      "transmit",
      "transmit-peer",
      "transmit-peer-blocking",
      "transmit-ack-blocking",
      "session-message",
      "session-handle",
      "state-transfer",
      "state-give",
      "manager-stop",
      "session-create",
      "session-rename",
      "session-take",
      "session-expire",
      "request-unsent"),
  TRANSFERS("state-transfer", "state-handle", "cluster-send"),
  TRANSFERRED("state-handle", "state-give", "cluster-send", "message-id", "transmit"),
  REQUESTS(
      "request-end",
      "request-complete",
      "delta-serialize",
      "request-unsent",
      "cluster-send",
      "channel-send",
      "message-id"),
  SERIALIZATION("request-complete", "delta-serialize"),
  ATTRIBUTES("attribute-dropped"),
  FAILOVERS("valve-request", "route-turnover", "session-message", "session-expire"),
  RECEIVER("receiver-worker"),
  QUEUE("queue-add", "queue-take", "queue-stop", "queue-add-15", "queue-stop-15"),
  QUEUE_DISCARDS(
      "queue-add", "queue-take", "queue-stop", "queue-full", "queue-add-15", "queue-stop-15"),
  QUEUE_WAIT("channel-send", "message-id", "transmit"),
  CACHE_EVENTS("cache-replicator", "cache-put", "cache-update", "cache-remove", "cache-remove-all"),
  CACHE_SENDS(
      "cache-replicator",
      "cache-notify-put",
      "cache-notify-update",
      "cache-notify-remove",
      "cache-send-put",
      "cache-send-remove",
      "cache-send-remove-all",
      "cache-peers-list",
      "cache-enqueue",
      "cache-send-batch",
      "cache-batch",
      "cache-replicator-dispose",
      "cache-peer-lookup",
      "cache-peer-heartbeat",
      "cache-jms-notify-put",
      "cache-jms-notify-update",
      "cache-jms-notify-remove",
      "cache-jms-hand",
      "cache-jms-enqueue",
      "cache-jms-batch",
      "cache-jms-replicator-dispose",
      "cache-jms-send",
      "cache-jms-leave",
      "cache-jgroups-notify-put",
      "cache-jgroups-notify-update",
      "cache-jgroups-notify-remove",
      "cache-jgroups-hand",
      "cache-jgroups-enqueue",
      "cache-jgroups-batch",
      "cache-jgroups-send",
      "cache-jgroups-leave"),
  CACHE_QUEUE(
      "cache-replicator",
      "cache-enqueue",
      "cache-send-batch",
      "cache-batch",
      "cache-replicator-dispose",
      "cache-jms-hand",
      "cache-jms-enqueue",
      "cache-jms-batch",
      "cache-jms-replicator-dispose",
      "cache-jms-send",
      "cache-jgroups-hand",
      "cache-jgroups-enqueue",
      "cache-jgroups-batch",
      "cache-jgroups-leave"),
  CACHE_RECEIPTS(
      "cache-bind",
      "cache-receive-put",
      "cache-receive-remove",
      "cache-receive-remove-all",
      "cache-receive-batch",
      "cache-jms-receive-put",
      "cache-jms-receive-remove",
      "cache-jms-receive-remove-all",
      "cache-jgroups-receive"),
  CACHE_PEERS("cache-peers-list", "cache-peer-lookup", "cache-peer-heartbeat"),
  CACHE_HEARTBEATS("cache-peer-heartbeat"),
  CACHE_CONFIGURATION("cache-listener", "cache-peer-configure", "cache-peer-heartbeat"),
  CACHE_BOOTSTRAPS("cache-bootstrap", "cache-bootstrap-peers");

  @SuppressWarnings("ImmutableEnumChecker") // handed out as a copy
  private final String[] hooks;

  Observed(String... hooks) {
    this.hooks = hooks;
  }

  String[] hooks() {
    return hooks.clone();
  }

  /** A hook whose class is not loaded misses nothing: nothing has happened there. */
  boolean isIntact(HookStatus status) {
    for (String hook : hooks) {
      if (status.broken(hook)) {
        return false;
      }
    }
    return true;
  }
}
