package io.tribescope.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BridgeTest {
  private static final byte[] HOST = {10, 0, 0, 1};

  @AfterEach
  void disconnect() {
    Bridge.connect(TransmitEvents.NONE);
    Bridge.connect(ReceiveEvents.NONE);
    Bridge.connect(TransferEvents.NONE);
    Bridge.connect(CacheSendEvents.NONE);
    Bridge.connect(TransportEvents.NONE);
    Bridge.connect(GroupEvents.NONE);
    Bridge.connect(ApplyEvents.NONE);
    Bridge.connect(FailureEvents.NONE);
  }

  @Test
  void aFailureIsCountedForItsHookAndTheFirstIsKeptInWords() {
    Bridge.failed(new IllegalStateException("the first"), "one hook");
    Bridge.failed(new StackOverflowError(), "one hook");
    assertThat(Bridge.failures("one hook")).isEqualTo(2);
    assertThat(Bridge.firstFailure("one hook"))
        .startsWith("java.lang.IllegalStateException at " + BridgeTest.class.getName());
    assertThat(Bridge.failures("another hook")).isZero();
    assertThat(Bridge.firstFailure("another hook")).isNull();
  }

  @Test
  void whatCannotEvenBeDescribedIsCountedAndKeptFromTheCaller() {
    RuntimeException hostile =
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new OutOfMemoryError("a test's");
          }
        };
    assertThatCode(() -> Bridge.failed(hostile, "hostile")).doesNotThrowAnyException();
    assertThat(Bridge.failures("hostile")).isEqualTo(1);
    assertThat(Bridge.firstFailure("hostile")).contains(BridgeTest.class.getName());
  }

  @Test
  void aGuardedEventIsPassedOn() {
    List<Object> seen = new ArrayList<>();
    Notes notes = new Notes() {};
    Bridge.connect(
        new TransmitEvents() {
          @Override
          public void transmittingTo(@Nullable Notes begun, byte[] host, int port) {
            seen.add(List.of(begun == notes, host[0], port));
          }
        });
    Guarded.transmittingTo(notes, HOST, 4000);
    assertThat(seen).containsExactly(List.of(true, (byte) 10, 4000));
  }

  @Test
  void whatAGuardedEventThrowsIsCountedForItsHookAndKeptFromTheCaller() {
    Bridge.connect(
        new TransmitEvents() {
          @Override
          public void transmittingTo(@Nullable Notes begun, byte[] host, int port) {
            throw new StackOverflowError();
          }

          @Override
          public void transmissionFailed(
              @Nullable Notes begun, byte[] host, int port, @Nullable Throwable cause) {
            throw new IllegalStateException();
          }
        });
    Bridge.connect(
        new ReceiveEvents() {
          @Override
          public void probeReceived(
              Object channel, byte[] host, int port, byte[] buffer, int length) {
            throw new IllegalStateException();
          }
        });
    Bridge.connect(
        new TransferEvents() {
          @Override
          public void sessionGiving(
              Object channel, String context, byte[] host, int port, String id) {
            throw new IllegalStateException();
          }
        });
    assertCounted("transmit", () -> Guarded.transmittingTo(null, HOST, 4000));
    assertCounted("transmit", () -> Guarded.transmissionFailed(null, HOST, 4000, null));
    assertCounted("channel-receive", () -> Guarded.probeReceived(this, HOST, 4000, HOST, 4));
    assertCounted("state-give", () -> Guarded.sessionGiving(this, "context", HOST, 4000, "id"));
    Bridge.connect(
        new ApplyEvents() {
          @Override
          public void sessionMessageHandled(@Nullable Throwable failure) {
            throw new IllegalStateException();
          }
        });
    assertCounted("state-handle", () -> Guarded.sessionMessageHandled(null));
  }

  @Test
  void aFailureIsToldAndCountedOnceWhateverThatThrows() {
    List<String> told = new ArrayList<>();
    Bridge.connect(
        new FailureEvents() {
          @Override
          public void hookFailed(String hook) {
            told.add(hook);
            throw new IllegalStateException();
          }
        });
    long before = Bridge.failures("transmit-peer");
    assertThatCode(() -> Bridge.failed(new IllegalStateException(), "transmit-peer"))
        .doesNotThrowAnyException();
    assertThat(told).containsExactly("transmit-peer");
    assertThat(Bridge.failures("transmit-peer")).isEqualTo(before + 1);
  }

  /** Calls each guarded event of caches, under that hook where it is given one. */
  private void reportOfCaches(String hook) {
    List<Object> one = List.of(1);
    Guarded.polled(this, hook);
    Guarded.drained(one, hook);
    Guarded.batched(1);
    Guarded.peerCalling(this, hook);
    Guarded.peerCalled(hook);
    Guarded.peerFailed(new IllegalStateException(), hook);
    Guarded.replicating(1, this, this, "cache", "manager", this, true, hook);
    Guarded.queueDrained(one, hook);
    Guarded.handing(this, "cache", 1, true);
    Guarded.sendingFailed(new IllegalStateException(), hook);
    Guarded.serializationFailed(new IllegalStateException(), hook);
    Guarded.groupPolled("cache", true, this, hook);
    Guarded.groupHanding(this, "cache", 1);
  }

  private static <T> T answering(Class<T> events, Consumer<String> answer) {
    return events.cast(
        Proxy.newProxyInstance(
            events.getClassLoader(),
            new Class<?>[] {events},
            (proxy, method, arguments) -> {
              answer.accept(method.getName());
              return null;
            }));
  }

  private static void connectCaches(Consumer<String> answer) {
    Bridge.connect(answering(CacheSendEvents.class, answer));
    Bridge.connect(answering(TransportEvents.class, answer));
    Bridge.connect(answering(GroupEvents.class, answer));
  }

  @Test
  void guardedEventsOfCachesArePassedOn() {
    List<String> seen = new ArrayList<>();
    connectCaches(seen::add);
    reportOfCaches("none");
    assertThat(seen)
        .containsExactly(
            "polled",
            "drained",
            "batched",
            "peerCalling",
            "peerCalled",
            "peerFailed",
            "replicating",
            "queueDrained",
            "handing",
            "sendingFailed",
            "serializationFailed",
            "groupPolled",
            "groupHanding");
  }

  @Test
  void whatGuardedEventsOfCachesThrowIsCountedForTheHookInWhichTheyStand() {
    connectCaches(
        event -> {
          throw new IllegalStateException(event);
        });
    long batched = Bridge.failures("cache-batch");
    long handed = Bridge.failures("cache-jms-send");
    long handedToGroup = Bridge.failures("cache-jgroups-send");
    reportOfCaches("in which they stand");
    assertThat(Bridge.failures("in which they stand")).isEqualTo(10);
    assertThat(Bridge.failures("cache-batch")).isEqualTo(batched + 1);
    assertThat(Bridge.failures("cache-jms-send")).isEqualTo(handed + 1);
    assertThat(Bridge.failures("cache-jgroups-send")).isEqualTo(handedToGroup + 1);
  }

  private static void assertCounted(String hook, Runnable event) {
    long before = Bridge.failures(hook);
    assertThatCode(event::run).doesNotThrowAnyException();
    assertThat(Bridge.failures(hook)).isEqualTo(before + 1);
  }
}
