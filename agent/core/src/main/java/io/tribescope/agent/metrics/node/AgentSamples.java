package io.tribescope.agent.metrics.node;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.hooks.weaving.HookStatus;
import io.tribescope.agent.recording.Recorder;
import io.tribescope.agent.recording.cache.CacheRecorder;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.metrics.LabelValue;
import io.tribescope.metrics.Snapshots;
import java.util.HashSet;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the agent itself fares. Says once of each hook what went wrong in it first. */
public final class AgentSamples {
  private static final Logger logger = LoggerFactory.getLogger(AgentSamples.class);

  private final Set<String> said = new HashSet<>();
  private final String version;
  private final DoubleSupplier startSeconds;
  private final HookStatus hooks;
  private final Recorder recorder;
  private final CacheRecorder caches;

  public AgentSamples(
      String version,
      DoubleSupplier startSeconds,
      HookStatus hooks,
      Recorder recorder,
      CacheRecorder caches) {
    this.version = version;
    this.startSeconds = startSeconds;
    this.hooks = hooks;
    this.recorder = recorder;
    this.caches = caches;
  }

  HookStatus hooks() {
    return hooks;
  }

  void addTo(Snapshots out) {
    out.add(
        AgentFamilies.BUILD_INFO,
        Labels.of("version", version, "java", System.getProperty("java.version", "unknown")),
        1);
    out.add(AgentFamilies.START_SECONDS, Labels.EMPTY, startSeconds.getAsDouble());
    hooks
        .outcomes()
        .forEach(
            (hook, outcome) -> {
              out.add(
                  AgentFamilies.HOOK_STATUS,
                  Labels.of("hook", hook, "status", LabelValue.of(outcome)),
                  1);
              out.add(AgentFamilies.ADVICE_ERRORS, Labels.of("hook", hook), Bridge.failures(hook));
              say(hook);
            });
    boolean members = false;
    boolean sessions = false;
    boolean sessionMembers = false;
    boolean contexts = false;
    boolean changes = false;
    for (ChannelRecord channel : recorder.channels().all()) {
      members |= channel.peersSaturated();
      sessions |= channel.sessionsSaturated();
      sessionMembers |= channel.livesSaturated();
      contexts |= channel.contextsSaturated();
      changes |= channel.changesSaturated();
    }
    addSaturation(out, "applications", recorder.droppedAttributes().saturated());
    addSaturation(out, "caches", caches.records().saturated());
    addSaturation(out, "cache_peers", caches.hosts().saturated());
    addSaturation(out, "channels", recorder.channels().saturated());
    addSaturation(out, "members", members);
    addSaturation(out, "sessions", sessions);
    addSaturation(out, "session_members", sessionMembers);
    addSaturation(out, "contexts", contexts);
    addSaturation(out, "recent_changes", changes);
    addSaturation(out, "messages_in_flight", recorder.inFlightSaturated());
  }

  private synchronized void say(String hook) {
    String failure = Bridge.firstFailure(hook);
    if (failure != null && said.add(hook)) {
      logger.warn(
          "Hook {} failed: what it observes is not counted, Tomcat is not affected: {}",
          hook,
          failure);
    }
  }

  private static void addSaturation(Snapshots out, String what, boolean saturated) {
    out.add(AgentFamilies.TRACKING_SATURATED, Labels.of("what", what), saturated ? 1 : 0);
  }
}
