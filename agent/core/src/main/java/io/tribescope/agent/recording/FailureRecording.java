package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.FailureEvents;

/**
 * What is no longer known on a thread whose hook failed. Of a message on its way nobody knows where
 * it went, a send of the cluster's may have no end, and a session may have another id.
 */
final class FailureRecording implements FailureEvents {
  @Override
  public void hookFailed(String hook) {
    switch (hook) {
      case "transmit":
      case "transmit-peer":
      case "transmit-peer-blocking":
      case "transmit-ack-blocking":
        HookContext.current().transmission.reportLost();
        break;
      case "cluster-send":
      case "channel-send":
      case "message-id":
        // Else a message without a known id would be taken for one that nobody was there to get.
        HookContext.current().clusterSends.loseSight();
        break;
      case "session-rename":
        // Else the announcement would be taken for one of the session that was renamed before.
        HookContext.current().renamed = 0;
        break;
      default:
    }
  }
}
