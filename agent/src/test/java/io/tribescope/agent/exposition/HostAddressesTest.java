package io.tribescope.agent.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HostAddressesTest {
  private static final byte[] ADDRESS = {10, 0, 0, 2};

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch answering = new CountDownLatch(1);
  private final HostAddresses addresses = new HostAddresses(this::resolve);

  /** A name server that knows two hosts, and takes its time over one. */
  private InetAddress resolve(String host) throws UnknownHostException {
    asked.incrementAndGet();
    if (host.equals("slow")) {
      try {
        answering.await();
      } catch (InterruptedException e) {
        throw new UnknownHostException("interrupted");
      }
    } else if (!host.equals("quick")) {
      throw new UnknownHostException(host);
    }
    return InetAddress.getByAddress(host, ADDRESS);
  }

  @Test
  @Timeout(30)
  void waitsForNoAnswerAndHasItTheNextTime() {
    addresses.lookUp(List.of("slow", "quick", "unknown"));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              assertThat(addresses.text("quick")).isEqualTo("10.0.0.2");
              assertThat(addresses.text("unknown")).isEqualTo("unknown");
            });
    assertThat(addresses.of("unknown")).isNull();
    assertThat(addresses.text("slow")).isNull();

    answering.countDown();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(addresses.text("slow")).isEqualTo("10.0.0.2"));
    // Each once: those that are known, and those that have just failed.
    addresses.lookUp(List.of("slow", "quick", "unknown"));
    assertThat(asked.get()).isEqualTo(3);
  }
}
