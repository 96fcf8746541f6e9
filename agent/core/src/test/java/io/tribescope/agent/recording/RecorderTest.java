package io.tribescope.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.bridge.ApplyEvents;
import io.tribescope.agent.bridge.AttributeEvents;
import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.LifecycleEvents;
import io.tribescope.agent.bridge.MembershipEvents;
import io.tribescope.agent.bridge.QueueEvents;
import io.tribescope.agent.bridge.ReceiveEvents;
import io.tribescope.agent.bridge.ReceiverEvents;
import io.tribescope.agent.bridge.RequestEvents;
import io.tribescope.agent.bridge.SessionEvents;
import io.tribescope.agent.bridge.SubmitEvents;
import io.tribescope.agent.bridge.TransferEvents;
import io.tribescope.agent.bridge.TransmitEvents;
import io.tribescope.agent.recording.receipts.WallClock;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That what woven code reports finds a recording. */
class RecorderTest {
  private final Recorder recorder = new Recorder(new WallClock(), cluster -> {});

  @AfterEach
  void disconnect() {
    Bridge.connect(LifecycleEvents.NONE);
    Bridge.connect(SubmitEvents.NONE);
    Bridge.connect(TransmitEvents.NONE);
    Bridge.connect(ReceiveEvents.NONE);
    Bridge.connect(ApplyEvents.NONE);
    Bridge.connect(TransferEvents.NONE);
    Bridge.connect(SessionEvents.NONE);
    Bridge.connect(RequestEvents.NONE);
    Bridge.connect(MembershipEvents.NONE);
    Bridge.connect(ReceiverEvents.NONE);
    Bridge.connect(QueueEvents.NONE);
    Bridge.connect(AttributeEvents.NONE);
  }

  /** An event that is not overridden would be counted nowhere, and in silence. */
  @Test
  void everySubjectIsConnectedAndEveryEventOverridden() throws Exception {
    recorder.connect();
    Map<Class<?>, Object> subjects =
        Map.ofEntries(
            Map.entry(LifecycleEvents.class, Bridge.lifecycle()),
            Map.entry(SubmitEvents.class, Bridge.submitting()),
            Map.entry(TransmitEvents.class, Bridge.transmitting()),
            Map.entry(ReceiveEvents.class, Bridge.receiving()),
            Map.entry(ApplyEvents.class, Bridge.applying()),
            Map.entry(TransferEvents.class, Bridge.transfers()),
            Map.entry(SessionEvents.class, Bridge.sessions()),
            Map.entry(RequestEvents.class, Bridge.requests()),
            Map.entry(MembershipEvents.class, Bridge.membership()),
            Map.entry(ReceiverEvents.class, Bridge.receivers()),
            Map.entry(QueueEvents.class, Bridge.queues()),
            Map.entry(AttributeEvents.class, Bridge.attributes()));
    List<String> unheard = new ArrayList<>();
    for (Map.Entry<Class<?>, Object> subject : subjects.entrySet()) {
      for (Method event : subject.getKey().getDeclaredMethods()) {
        Method found =
            subject.getValue().getClass().getMethod(event.getName(), event.getParameterTypes());
        if (found.getDeclaringClass().isInterface()) {
          unheard.add(event.toString());
        }
      }
    }
    assertThat(unheard).isEmpty();
  }
}
