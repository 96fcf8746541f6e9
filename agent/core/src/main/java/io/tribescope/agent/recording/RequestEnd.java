package io.tribescope.agent.recording;

import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.RequestOutcome;
import org.jspecify.annotations.Nullable;

/** What is known of the replication of one session at the end of a request. One thread's. */
final class RequestEnd {
  private boolean open;
  private @Nullable ContextRecord context;

  /** How large the delta became; -1 when there is none. */
  private int deltaBytes = -1;

  private boolean serializationFailed;
  private boolean identified;
  private boolean refused;
  private boolean sent;
  private boolean handedOver;

  void begin() {
    open = true;
    context = null;
    deltaBytes = -1;
    serializationFailed = false;
    identified = false;
    refused = false;
    sent = false;
    handedOver = false;
  }

  /** The manager of that context was asked what there is to send. */
  void asked(ContextRecord of) {
    context = of;
  }

  void deltaMade(int bytes) {
    deltaBytes = bytes;
  }

  /** How large the delta became; -1 when there is none. */
  int deltaBytes() {
    return deltaBytes;
  }

  void serializationFailed() {
    serializationFailed = true;
  }

  /** The cluster has sent what the manager gave it, or has tried. */
  void clusterSent(boolean channelTookIt, boolean channelFailed) {
    identified = channelTookIt;
    refused = channelFailed;
  }

  /** The network send took place within the request. */
  void transmitted(boolean toAny) {
    sent = true;
    handedOver |= toAny;
  }

  @Nullable ContextRecord context() {
    return context;
  }

  /** The context of the end, once: a session that none of our managers was asked about has none. */
  @Nullable RequestOutcome end() {
    boolean ours = open && context != null;
    open = false;
    if (!ours) {
      return null;
    }
    if (serializationFailed) {
      return RequestOutcome.FAILED;
    }
    if (deltaBytes < 0) {
      return RequestOutcome.UNCHANGED;
    }
    if (!identified) {
      return RequestOutcome.NO_MEMBERS;
    }
    boolean reachedNobody = sent ? !handedOver : refused;
    return reachedNobody ? RequestOutcome.FAILED : RequestOutcome.REPLICATED;
  }

  void clear() {
    open = false;
    context = null;
  }

  boolean isOpen() {
    return open;
  }
}
