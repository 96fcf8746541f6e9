package io.tribescope.agent.metrics;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * By which hooks a figure is observed. Where one of them is broken the figure is left out: what
 * happened may have escaped, and a 0 would say that all is well. A hook whose class is not loaded
 * misses nothing: nothing has happened there.
 */
public final class Observed {
  public static final List<String> MEMBERSHIP =
      hooks("member-added", "member-disappeared", "member-suspected", "member-verified");
  public static final List<String> SENDING = hooks("transmit");
  public static final List<String> COMPLETION =
      hooks("transmit", "transmit-peer", "transmit-peer-blocking", "transmit-ack-blocking");
  public static final List<String> COMPLETION_BY_TYPE =
      hooks(
          "cluster-send",
          "channel-send",
          "message-id",
          "transmit",
          "transmit-peer",
          "transmit-peer-blocking",
          "transmit-ack-blocking");
  public static final List<String> DELIVERY = hooks("channel-receive");
  public static final List<String> RECEIPTS =
      hooks(
          "channel-send",
          "message-id",
          "transmit",
          "transmit-peer",
          "transmit-peer-blocking",
          "transmit-ack-blocking",
          "channel-receive",
          "member-added");
  public static final List<String> DELIVERY_BY_TYPE =
      hooks("channel-receive", "deserialize", "cluster-receive");
  public static final List<String> APPLICATION =
      hooks(
          "channel-receive",
          "deserialize",
          "cluster-receive",
          "manager-receive",
          "session-message",
          "session-handle",
          "state-handle",
          "state-transfer",
          "delta-apply",
          "session-met");
  public static final List<String> TRACKING =
      hooks(
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
          "request-unsent");
  public static final List<String> TRANSFERS =
      hooks("state-transfer", "state-handle", "cluster-send");
  public static final List<String> TRANSFERRED =
      hooks("state-handle", "state-give", "cluster-send", "message-id", "transmit");
  public static final List<String> REQUESTS =
      hooks(
          "request-end",
          "request-complete",
          "delta-serialize",
          "request-unsent",
          "cluster-send",
          "channel-send",
          "message-id");
  public static final List<String> SERIALIZATION = hooks("request-complete", "delta-serialize");
  public static final List<String> ATTRIBUTES = hooks("attribute-dropped");
  public static final List<String> FAILOVERS =
      hooks("valve-request", "route-turnover", "session-message", "session-expire");
  public static final List<String> RECEIVER = hooks("receiver-worker");
  public static final List<String> QUEUE =
      hooks("queue-add", "queue-take", "queue-stop", "queue-add-15", "queue-stop-15");
  public static final List<String> QUEUE_DISCARDS =
      hooks("queue-add", "queue-take", "queue-stop", "queue-full", "queue-add-15", "queue-stop-15");
  public static final List<String> QUEUE_WAIT = hooks("channel-send", "message-id", "transmit");
  public static final List<String> CACHE_EVENTS =
      hooks("cache-replicator", "cache-put", "cache-update", "cache-remove", "cache-remove-all");
  public static final List<String> CACHE_SENDS =
      hooks(
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
          "cache-jgroups-leave");
  public static final List<String> CACHE_QUEUE =
      hooks(
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
          "cache-jgroups-leave");
  public static final List<String> CACHE_RECEIPTS =
      hooks(
          "cache-bind",
          "cache-receive-put",
          "cache-receive-remove",
          "cache-receive-remove-all",
          "cache-receive-batch",
          "cache-jms-receive-put",
          "cache-jms-receive-remove",
          "cache-jms-receive-remove-all",
          "cache-jgroups-receive");
  public static final List<String> CACHE_PEERS =
      hooks("cache-peers-list", "cache-peer-lookup", "cache-peer-heartbeat");
  public static final List<String> CACHE_HEARTBEATS = hooks("cache-peer-heartbeat");
  public static final List<String> CACHE_BOOTSTRAPS =
      hooks("cache-bootstrap", "cache-bootstrap-peers");

  private Observed() {}

  /** Of hooks that one figure alone rests on. */
  public static List<String> hooks(String... names) {
    return Collections.unmodifiableList(Arrays.asList(names));
  }
}
