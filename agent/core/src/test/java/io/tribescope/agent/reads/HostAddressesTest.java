package io.tribescope.agent.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HostAddressesTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final CountDownLatch answering = new CountDownLatch(1);
  private final AtomicLong nanoTime = new AtomicLong();
  private final HostAddresses addresses = new HostAddresses(this::resolve, nanoTime::get);

  /** What the name server knows of the host {@code quick}; none when it is away. */
  private volatile String[] quick = {"10.0.0.2"};

  /** A name server that takes its time over hosts that are called slow. */
  private InetAddress[] resolve(String host) throws UnknownHostException {
    asked.add(host);
    if (host.startsWith("slow")) {
      try {
        answering.await();
      } catch (InterruptedException e) {
        throw new UnknownHostException("interrupted");
      }
      return new InetAddress[] {InetAddress.getByName("10.0.0.9")};
    }
    if (!host.equals("quick") || quick.length == 0) {
      throw new UnknownHostException(host);
    }
    InetAddress[] all = new InetAddress[quick.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = InetAddress.getByName(quick[i]);
    }
    return all;
  }

  @AfterEach
  void answer() {
    answering.countDown();
  }

  /** Scrapes so much later, until the server was asked once, and has answered. */
  private void later(int minutes, String text) {
    int before = asked.size();
    nanoTime.addAndGet(TimeUnit.MINUTES.toNanos(minutes));
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () -> {
              addresses.lookUp(List.of("quick"));
              assertThat(asked).hasSize(before + 1);
              assertThat(addresses.text("quick")).isEqualTo(text);
            });
  }

  @Test
  void waitsForNoAnswerAndHasItTheNextTime() {
    List<String> hosts = List.of("slow", "quick", "unknown");
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () -> {
              addresses.lookUp(hosts);
              assertThat(addresses.text("quick")).isEqualTo("10.0.0.2");
              assertThat(addresses.text("unknown")).isEqualTo("unknown");
            });
    assertThat(addresses.of("unknown")).isNull();
    assertThat(addresses.text("slow")).isNull();

    answering.countDown();
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(addresses.text("slow")).isEqualTo("10.0.0.9"));
    // Each once: those that are known, and those that have just failed.
    addresses.lookUp(hosts);
    assertThat(asked).containsExactlyInAnyOrder("slow", "quick", "unknown");
  }

  @Test
  void asksAgainWhenAnAnswerIsOldAndKeepsWhatIsStillTrue() {
    later(0, "10.0.0.2");
    nanoTime.addAndGet(TimeUnit.MINUTES.toNanos(5) - 1);
    addresses.lookUp(List.of("quick"));
    assertThat(asked).hasSize(1);

    // The node has moved.
    quick = new String[] {"10.0.0.3"};
    later(5, "10.0.0.3");
    // It has another address, and that comes first.
    quick = new String[] {"10.0.0.4", "10.0.0.3"};
    later(5, "10.0.0.3");
    // The server is away, and is asked sooner.
    quick = new String[] {};
    later(5, "10.0.0.3");
    quick = new String[] {"10.0.0.4"};
    later(1, "10.0.0.4");
  }

  @Test
  void forgetsWhatNobodyAsksForAnyMore() {
    later(0, "10.0.0.2");
    addresses.lookUp(List.of());
    assertThat(addresses.text("quick")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "127.255.249.0, 127.255.249.0",
    "::1, 0:0:0:0:0:0:0:1",
    "[::1], 0:0:0:0:0:0:0:1",
    "fe80::2, fe80:0:0:0:0:0:0:2",
    // Neither an address nor, with a colon, a name.
    "x:1, x:1"
  })
  void asksNobodyForAnAddressThoughEveryThreadWaits(String host, String text) {
    addresses.lookUp(List.of("slow1", "slow2", "slow3", "slow4", "slow5", host));
    assertThat(addresses.text(host)).isEqualTo(text);
    assertThat(asked).allMatch(name -> name.startsWith("slow"));
  }

  @ParameterizedTest
  @CsvSource({"256.0.0.1", "10.0.0", "10.0.0.1.", "10.0.0.01", "10.0.0.1.5", "a10.0.0.1"})
  void asksForWhatOnlyLooksLikeAnAddress(String host) {
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () -> {
              addresses.lookUp(List.of(host));
              assertThat(asked).containsExactly(host);
            });
  }
}
