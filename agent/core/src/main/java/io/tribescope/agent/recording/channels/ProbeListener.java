package io.tribescope.agent.recording.channels;

import io.tribescope.agent.recording.members.PeerRecord;

/** Takes the clock probes of peers. Called on Tomcat's receiving thread: must not block. */
public interface ProbeListener {
  /**
   * @param peer that sent it, a member of its channel's view
   * @param payload of a probe's possible length, otherwise unchecked; owned by the listener
   * @param receivedNanos this node's wall clock when it came
   */
  void probeReceived(PeerRecord peer, byte[] payload, long receivedNanos);
}
