package io.tribescope.agent.recording.members;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class MemberKeyTest {
  @Test
  void anIpv4AddressAndItsPortAreTheKey() {
    byte[] host = {(byte) 192, (byte) 168, (byte) 255, 1};
    assertThat(MemberKey.of(host, 65535)).isEqualTo(0xC0A8_FF01_FFFFL);
    assertThat(MemberKey.name(host, 65535)).isEqualTo("192.168.255.1:65535");
  }

  @Test
  void anIpv6AddressIsMarkedByItsSignAndKeptApartByPort() throws UnknownHostException {
    byte[] host = InetAddress.getByName("2001:db8::1").getAddress();
    assertThat(MemberKey.of(host, 4000)).isNegative().isNotEqualTo(MemberKey.of(host, 4001));
    assertThat(MemberKey.name(host, 4000)).isEqualTo("[2001:db8:0:0:0:0:0:1]:4000");
  }

  @Test
  void everyByteOfAUniqueIdCounts() {
    byte[] id = new byte[16];
    long zero = MemberKey.ofUniqueId(id);
    assertThat(zero).isNotZero();
    for (int i = 0; i < id.length; i++) {
      id[i] = 1;
      assertThat(MemberKey.ofUniqueId(id)).as("byte %d", i).isNotEqualTo(zero);
      id[i] = 0;
    }
  }

  @Test
  void whatIsNoAddressHasNoName() {
    assertThat(MemberKey.name(new byte[] {1, 2, 3}, 4000)).isEqualTo("unknown:4000");
  }
}
