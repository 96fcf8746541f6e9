package io.tribescope.testbed.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void noPortIsOneThatTheKernelGivesAway() {
    assertThat(Ports.range("32768\t60999\n")).isEqualTo(new Ports.Range(10_000, 32_767));
    assertThat(Ports.range("9000\t60999\n")).isEqualTo(new Ports.Range(61_000, 65_535));
    assertThat(Ports.range("1024\t65535\n")).isEqualTo(new Ports.Range(10_000, 65_535));
  }

  /** Another JVM's test bed would try the same. */
  @Test
  void aPortIsGivenOnce() {
    int port = Ports.free();
    assertThat(Ports.free()).isNotEqualTo(port);
    assertThatThrownBy(() -> new DatagramSocket(new InetSocketAddress("127.84.66.1", port)))
        .isInstanceOf(BindException.class);
  }
}
