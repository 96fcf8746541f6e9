package io.tribescope.agent.ehcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
  @ParameterizedTest
  @CsvSource({
    "//10.0.0.1:40001/c, 10.0.0.1, 40001",
    "//app_node-1:40001/a:b/c, app_node-1, 40001",
    "rmi://node1:1/c, node1, 1",
    "//[::1]:40001/c, [::1], 40001"
  })
  void ofAUrl(String url, String host, int port) {
    HostAndPort read = Objects.requireNonNull(HostAndPort.of(url));
    assertThat(read.host).isEqualTo(host);
    assertThat(read.port).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//", "//node1", "//node1:40001", "//:40001/c", "//a:x/c", "c"})
  void ofWhatIsNone(String url) {
    assertThat(HostAndPort.of(url)).isNull();
  }
}
