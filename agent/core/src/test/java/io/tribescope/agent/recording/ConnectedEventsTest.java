package io.tribescope.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.recording.cache.CacheRecorder;
import io.tribescope.agent.recording.receipts.WallClock;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That what woven code reports finds a recording. */
class ConnectedEventsTest {
  /** Each is handed out by the bridge. */
  private static List<Method> subjects() {
    return Arrays.stream(Bridge.class.getMethods())
        .filter(method -> method.getReturnType().getSimpleName().endsWith("Events"))
        .toList();
  }

  @AfterEach
  void disconnect() throws Exception {
    for (Method subject : subjects()) {
      Class<?> events = subject.getReturnType();
      Bridge.class.getMethod("connect", events).invoke(null, events.getField("NONE").get(null));
    }
  }

  /** An event that is not overridden would be counted nowhere, and in silence. */
  @Test
  void everySubjectIsConnectedAndEveryEventOverridden() throws Exception {
    new Recorder(new WallClock(), cluster -> {}).connect();
    new CacheRecorder().connect();
    List<String> unheard = new ArrayList<>();
    for (Method subject : subjects()) {
      Object recording = subject.invoke(null);
      for (Method event : subject.getReturnType().getDeclaredMethods()) {
        Method found = recording.getClass().getMethod(event.getName(), event.getParameterTypes());
        if (found.getDeclaringClass().isInterface()) {
          unheard.add(event.toString());
        }
      }
    }
    assertThat(subjects()).hasSizeGreaterThan(15);
    assertThat(unheard)
        .as(
            "events that no recording overrides, or that Recorder or CacheRecorder does not connect")
        .isEmpty();
  }
}
