package io.tribescope.agent.recording.cache.records;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerHostsTest {
  private final PeerHosts hosts = new PeerHosts();

  @ParameterizedTest
  @CsvSource({
    "//10.0.0.2:40001/c,10.0.0.2",
    "rmi://server2:40001/a.b/c,server2",
    "//[fe80::1]:40001/c,[fe80::1]",
    "//server2/c,server2",
    "server2:1,server2"
  })
  void hostOfAUrl(String url, String host) {
    assertThat(hosts.host(hosts.ofUrl(url))).isEqualTo(host);
  }

  @Test
  void oneNumberForOneHost() {
    int first = hosts.ofUrl("//10.0.0.2:40001/c");
    assertThat(hosts.ofUrl("//10.0.0.2:40011/d")).isEqualTo(first);
    assertThat(hosts.ofHost("10.0.0.2")).isEqualTo(first);
    assertThat(hosts.ofHost("10.0.0.21")).isNotEqualTo(first);
  }

  @Test
  void beyondTheLimitAllAreOthers() {
    for (int i = 0; i < PeerHosts.OTHER; i++) {
      assertThat(hosts.ofHost("h" + i)).isEqualTo(i);
    }
    assertThat(hosts.saturated()).isFalse();
    assertThat(hosts.ofHost("one more")).isEqualTo(PeerHosts.OTHER);
    assertThat(hosts.host(PeerHosts.OTHER)).isNull();
    assertThat(hosts.saturated()).isTrue();
    assertThat(hosts.ofHost("h7")).isEqualTo(7);
  }
}
