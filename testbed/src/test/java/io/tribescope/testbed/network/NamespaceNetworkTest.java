package io.tribescope.testbed.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamespaceNetworkTest {
  @Test
  void subnetIsTheFirstThatNoInterfaceHas() {
    assertThat(NamespaceNetwork.freeSubnet("2: eth0    inet 192.0.2.2/24 scope global")).isZero();
    assertThat(
            NamespaceNetwork.freeSubnet(
                """
                7: ts1    inet 198.18.0.1/24 scope global ts1
                8: ts2    inet 198.18.1.1/24 scope global ts2
                9: ts3    inet 198.18.3.1/24 scope global ts3
                """))
        .isEqualTo(2);
  }

  @Test
  void nameFitsAnInterfaceWithItsNumber() {
    assertThat(NamespaceNetwork.newName() + "-999")
        .matches("ts[0-9a-f]{6}-999")
        .hasSizeLessThan(16);
  }
}
