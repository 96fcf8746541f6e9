package io.tribescope.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class CacheBedIT {
  @Test
  void whatOnePutsTheOtherHolds() {
    try (Bed bed = Bed.open("caches")) {
      Caches caches = bed.caches().start();
      NodeCache one = caches.node(1).cache("cache");
      NodeCache two = caches.node(2).cache("cache");

      one.put("k", "v");
      assertThat(two.get("k")).isEqualTo("v");
    }
  }
}
