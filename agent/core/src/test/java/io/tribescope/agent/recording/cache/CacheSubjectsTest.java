package io.tribescope.agent.recording.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.CacheBootstrapEvents;
import io.tribescope.agent.bridge.CacheEvents;
import io.tribescope.agent.bridge.CachePeerEvents;
import io.tribescope.agent.bridge.CacheReceiveEvents;
import io.tribescope.agent.bridge.CacheSendEvents;
import io.tribescope.agent.bridge.GroupEvents;
import io.tribescope.agent.bridge.TransportEvents;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That what woven code reports of caches finds a recording. */
class CacheSubjectsTest {
  @AfterEach
  void disconnect() {
    Bridge.connect(CacheEvents.NONE);
    Bridge.connect(CacheSendEvents.NONE);
    Bridge.connect(CacheReceiveEvents.NONE);
    Bridge.connect(CachePeerEvents.NONE);
    Bridge.connect(CacheBootstrapEvents.NONE);
    Bridge.connect(TransportEvents.NONE);
    Bridge.connect(GroupEvents.NONE);
  }

  /** An event that is not overridden would be counted nowhere, and in silence. */
  @Test
  void everySubjectIsConnectedAndEveryEventOverridden() throws Exception {
    new CacheRecorder().connect();
    Map<Class<?>, Object> subjects =
        Map.of(
            CacheEvents.class, Bridge.caches(),
            CacheSendEvents.class, Bridge.cacheSending(),
            CacheReceiveEvents.class, Bridge.cacheReceiving(),
            CachePeerEvents.class, Bridge.cachePeers(),
            CacheBootstrapEvents.class, Bridge.cacheBootstraps(),
            TransportEvents.class, Bridge.transports(),
            GroupEvents.class, Bridge.groups());
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
