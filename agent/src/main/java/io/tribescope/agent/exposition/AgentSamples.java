package io.tribescope.agent.exposition;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.hooks.HookStatus;
import io.tribescope.agent.recording.ChannelRecord;
import io.tribescope.agent.recording.Recorder;
import java.util.Locale;

/** How the agent itself fares. */
public final class AgentSamples {
  private final String version;
  private final double startSeconds;
  private final HookStatus hooks;
  private final Recorder recorder;

  public AgentSamples(String version, double startSeconds, HookStatus hooks, Recorder recorder) {
    this.version = version;
    this.startSeconds = startSeconds;
    this.hooks = hooks;
    this.recorder = recorder;
  }

  void addTo(Snapshots out) {
    out.add(
        Metric.BUILD_INFO,
        Labels.of("version", version, "java", System.getProperty("java.version", "unknown")),
        1);
    out.add(Metric.START_SECONDS, Labels.EMPTY, startSeconds);
    hooks
        .outcomes()
        .forEach(
            (hook, outcome) ->
                out.add(Metric.HOOK_STATUS, Labels.of("hook", hook, "status", outcome.label()), 1));
    for (Bridge.Family family : Bridge.Family.values()) {
      out.add(
          Metric.ADVICE_ERRORS,
          Labels.of("hook", family.name().toLowerCase(Locale.ROOT)),
          Bridge.errors(family));
    }
    boolean members = false;
    for (ChannelRecord channel : recorder.channels().all()) {
      members |= channel.peersSaturated();
    }
    addSaturation(out, "members", members);
    addSaturation(out, "messages_in_flight", recorder.inFlightSaturated());
  }

  private static void addSaturation(Snapshots out, String what, boolean saturated) {
    out.add(Metric.TRACKING_SATURATED, Labels.of("what", what), saturated ? 1 : 0);
  }
}
