package io.tribescope.agent.metrics.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.recording.Recorder;
import io.tribescope.agent.recording.WovenCalls;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.receipts.WallClock;
import io.tribescope.metrics.Snapshots;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.ha.session.DeltaManager;
import org.apache.catalina.ha.session.DeltaSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is published of a context's sessions, and what is not while it is unknown. */
class SessionSamplesTest {
  private static final byte[] LOCAL = {10, 0, 0, 1};
  private static final byte[] B = {10, 0, 0, 2};
  private static final byte[] C = {10, 0, 0, 3};
  private static final int PORT = 4000;
  private static final int DELTA = 13;
  private static final int ACKNOWLEDGED = 6;
  private static final int ASYNCHRONOUS = 8;
  private static final String CONTEXT = "localhost#/app";
  private static final String UNCONFIRMED = "tomcat_session_unconfirmed";
  private static final String MISSED = "tomcat_session_missed_changes";

  private final Recorder recorder = new Recorder(new WallClock(), cluster -> {});

  private final WovenCalls woven = new WovenCalls(recorder);
  private final Object channel = new Object();
  private final DeltaManager manager = new DeltaManager();
  private final Set<PeerRecord> present = new HashSet<>();
  private byte messages;

  @BeforeEach
  void start() {
    manager.setContext(new StandardContext());
    woven.channelStarting(channel);
    for (byte[] host : new byte[][] {B, C}) {
      woven.memberAdded(channel, host, PORT, host);
      present.add(record().member(host, PORT));
    }
    woven.stateTransferStarting(channel, manager, CONTEXT, "node1");
    woven.stateTransferEnded();
  }

  private ChannelRecord record() {
    return recorder.channels().all().get(0);
  }

  @SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
  private void change(String session, int options, byte[]... destinations) {
    byte[] id = new byte[16];
    id[0] = ++messages;
    woven.clusterSending(channel, DELTA, CONTEXT, session);
    woven.channelSending(false);
    woven.messageIdentified(id);
    woven.channelSent(false);
    woven.clusterSent();
    woven.transmitting(LOCAL, PORT, id, 0, options, 500, destinations.length);
    for (byte[] host : destinations) {
      woven.transmittingTo(host, PORT);
      woven.transmissionCompleted(host, PORT);
    }
    woven.transmitted(null);
  }

  /** Every number of that metric, by its labels without context. */
  private Map<String, Double> samples(String metric) {
    Snapshots out = new Snapshots();
    SessionSamples.add(
        out, Labels.of("cluster", "shop", "observer", "10.0.0.1:4000"), record(), present);
    Map<String, Double> values = new HashMap<>();
    out.build().stream()
        .filter(snapshot -> snapshot.getMetadata().getName().equals(metric))
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .forEach(
            point -> {
              assertThat(point.getLabels().get("context")).isEqualTo("localhost/app");
              StringBuilder others = new StringBuilder();
              point.getLabels().stream()
                  .filter(label -> !label.getName().matches("cluster|context|observer"))
                  .forEach(label -> others.append(label.getValue()).append(' '));
              values.put(
                  others.toString().trim(),
                  point instanceof GaugeDataPointSnapshot gauge
                      ? gauge.getValue()
                      : ((CounterDataPointSnapshot) point).getValue());
            });
    return values;
  }

  private DeltaSession own(String id) {
    DeltaSession session = new DeltaSession(manager);
    session.setValid(true);
    session.setId(id, false);
    session.resetDeltaRequest();
    return session;
  }

  @Test
  void whatIsUnconfirmedIsAbsentWhileNobodyCouldConfirm() {
    change("A.node1", ASYNCHRONOUS, B, C);
    assertThat(samples(UNCONFIRMED)).isEmpty();
    assertThat(samples("tomcat_session_unconfirmed_oldest_seconds")).isEmpty();
    assertThat(samples("tomcat_session_unreplicated")).isEqualTo(Map.of("", 0.0));
    assertThat(samples("tomcat_session_unreplicated_oldest_seconds")).isEqualTo(Map.of("", 0.0));
    change("A.node1", ACKNOWLEDGED, B, C);
    assertThat(samples(UNCONFIRMED)).isEqualTo(Map.of("", 0.0));
  }

  @Test
  void whatWasChangedOutsideOfARequestIsUnconfirmedOnce() {
    change("A.node1", ACKNOWLEDGED, B, C);
    change("B.node1", ACKNOWLEDGED);
    own("A.node1").setAttribute("cart", "full", false, true);
    own("B.node1").setAttribute("cart", "full", false, true);
    own("C.node1");
    assertThat(samples(UNCONFIRMED)).isEqualTo(Map.of("", 2.0));
    assertThat(samples("tomcat_session_unreplicated")).isEqualTo(Map.of("", 1.0));
    assertThat(samples("tomcat_sessions")).isEqualTo(Map.of("primary", 3.0, "backup", 0.0));
  }

  @Test
  void whatAMemberMissedIsAbsentWhileItIsNotInTheView() {
    change("A.node1", ASYNCHRONOUS, C);
    assertThat(samples(MISSED)).isEqualTo(Map.of("10.0.0.2:4000", 1.0, "10.0.0.3:4000", 0.0));
    woven.memberDisappeared(channel, B, PORT, B, false);
    present.remove(record().member(B, PORT));
    assertThat(samples(MISSED)).isEqualTo(Map.of("10.0.0.3:4000", 0.0));
    assertThat(samples("tomcat_session_ownership_conflicts"))
        .isEqualTo(Map.of("10.0.0.2:4000", 0.0, "10.0.0.3:4000", 0.0));
  }

  @Test
  void whatAMemberMissedIsAbsentWhenItIsOneTooManyToTellApart() {
    for (int i = 1; i <= 54; i++) {
      byte[] host = {10, 0, 1, (byte) i};
      woven.memberAdded(channel, host, PORT, host);
      present.add(record().member(host, PORT));
    }
    assertThat(record().livesSaturated()).isTrue();
    assertThat(samples(MISSED)).hasSize(55).doesNotContainKey("10.0.1.54:4000");
  }

  @Test
  void aContextWithoutAManagerIsAbsent() {
    woven.managerStopped(channel, CONTEXT);
    assertThat(samples("tomcat_session_unreplicated")).isEmpty();
    assertThat(samples("tomcat_session_requests")).isEmpty();
  }

  @Test
  void countersStandAtZeroFromTheStart() {
    assertThat(samples("tomcat_session_failovers"))
        .hasSize(9)
        .containsEntry("down recovered", 0.0)
        .containsValue(0.0);
    assertThat(samples("tomcat_session_requests"))
        .isEqualTo(Map.of("replicated", 0.0, "unchanged", 0.0, "no_members", 0.0, "failed", 0.0));
    assertThat(samples("tomcat_session_state_transfers"))
        .isEqualTo(
            Map.of(
                "first_node", 1.0,
                "complete", 0.0,
                "incomplete", 0.0,
                "timeout", 0.0,
                "no_context", 0.0));
    assertThat(samples("tomcat_session_state_transfer_sessions"))
        .isEqualTo(Map.of("sent", 0.0, "received", 0.0));
    assertThat(samples("tomcat_session_serialization_failures")).isEmpty();
  }
}
