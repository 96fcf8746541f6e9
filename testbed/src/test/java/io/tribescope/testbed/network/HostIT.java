package io.tribescope.testbed.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.machine.Command;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class HostIT {
  /** Or a test fails now and then, where a connection has the port that a server is to have. */
  @Test
  void noClientGetsAPortThatAServerMayBeToldToUse() {
    try (Bed bed = Bed.open("host")) {
      Host host = bed.network().addHost();
      List<String> command = new ArrayList<>(host.enter());
      command.addAll(List.of("cat", "/proc/sys/net/ipv4/ip_local_port_range"));
      assertThat(Command.require(command.toArray(String[]::new))).isEqualTo("50000\t59999");
      assertThat(host.port(49_999)).isEqualTo(49_999);
      assertThatThrownBy(() -> host.port(50_000)).hasMessage("a client may have port 50000");
      assertThatThrownBy(() -> host.port(59_999)).hasMessage("a client may have port 59999");
      assertThat(host.port(60_000)).isEqualTo(60_000);
    }
  }
}
