package io.tribescope.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BridgeTest {
  private static final byte[] HOST = {10, 0, 0, 1};

  @AfterEach
  void disconnect() {
    Bridge.connect(Events.NONE);
  }

  @Test
  void passesAnEventOn() {
    int[] seen = {0};
    Bridge.connect(
        new Events() {
          @Override
          public void clusterSending(int sessionEvent) {
            seen[0] = sessionEvent;
          }
        });
    Bridge.clusterSending(13);
    assertThat(seen[0]).isEqualTo(13);
  }

  @Test
  void countsAFailureForItsFamilyAndKeepsItFromTheCaller() {
    Bridge.connect(
        new Events() {
          @Override
          public void transmittingTo(byte[] host, int port) {
            throw new StackOverflowError();
          }
        });
    long transmit = Bridge.errors(Bridge.Family.TRANSMIT);
    long receive = Bridge.errors(Bridge.Family.RECEIVE);
    assertThatCode(() -> Bridge.transmittingTo(HOST, 4000)).doesNotThrowAnyException();
    assertThat(Bridge.errors(Bridge.Family.TRANSMIT)).isEqualTo(transmit + 1);
    assertThat(Bridge.errors(Bridge.Family.RECEIVE)).isEqualTo(receive);
  }

  /** Every event there is has its method here, of the same name and arguments. */
  @ParameterizedTest
  @MethodSource("events")
  void everyEventHasItsWayAcross(Method event) throws NoSuchMethodException {
    Method across = Bridge.class.getMethod(event.getName(), event.getParameterTypes());
    assertThat(across.getReturnType()).isEqualTo(void.class);
  }

  static Stream<Method> events() {
    return Arrays.stream(Events.class.getDeclaredMethods()).filter(m -> !m.isSynthetic());
  }
}
