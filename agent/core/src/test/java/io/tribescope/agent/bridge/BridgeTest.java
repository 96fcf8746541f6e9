package io.tribescope.agent.bridge;

import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import org.jspecify.annotations.Nullable;
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
          public void clusterSending(
              Object channel, int sessionEvent, @Nullable String context, @Nullable String id) {
            seen[0] = sessionEvent;
          }
        });
    Bridge.clusterSending(this, 13, null, null);
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

  /** Every event there is passes as it is, once, and its failure is kept and counted once. */
  @ParameterizedTest
  @MethodSource("events")
  void everyEventHasItsWayAcross(Method event) throws Exception {
    Method across = Bridge.class.getMethod(event.getName(), event.getParameterTypes());
    Object[] arguments = Arrays.stream(event.getParameterTypes()).map(BridgeTest::sample).toArray();
    List<String> met = new ArrayList<>();
    Bridge.connect(
        target(
            (proxy, method, passed) -> {
              met.add(method.getName());
              assertThat(passed).isEqualTo(arguments);
              return method.getReturnType() == boolean.class ? true : null;
            }));
    across.invoke(null, arguments);
    assertThat(met).containsExactly(event.getName());

    long before = errors();
    Bridge.connect(
        target(
            (proxy, method, passed) -> {
              throw new StackOverflowError();
            }));
    assertThatCode(() -> across.invoke(null, arguments)).doesNotThrowAnyException();
    assertThat(errors()).isEqualTo(before + 1);
  }

  private static Events target(InvocationHandler handler) throws ReflectiveOperationException {
    return new ByteBuddy()
        .subclass(Events.class)
        .method(isDeclaredBy(Events.class))
        .intercept(InvocationHandlerAdapter.of(handler))
        .make()
        .load(Events.class.getClassLoader())
        .getLoaded()
        .getDeclaredConstructor()
        .newInstance();
  }

  private static Object sample(Class<?> type) {
    if (type == int.class) {
      return 4711;
    } else if (type == long.class) {
      return 4712L;
    } else if (type == boolean.class) {
      return true;
    } else if (type == byte[].class) {
      return new byte[] {1, 2};
    } else if (type == String.class) {
      return "text";
    } else if (type == Throwable.class) {
      return new IllegalStateException();
    }
    return new Object();
  }

  private static long errors() {
    return Arrays.stream(Bridge.Family.values()).mapToLong(Bridge::errors).sum();
  }

  static Stream<Method> events() {
    return Arrays.stream(Events.class.getDeclaredMethods()).filter(m -> !m.isSynthetic());
  }
}
