package io.tribescope.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.testbed.clients.Totals;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ObservationTest {
  @Test
  void theLineShowsEverything() {
    assertThat(LiveLine.text(Observations.SPLIT))
        .isEqualTo(
            "members 1 2 2 | islands 2 | lag 1.23 ms | unreplicated 20 0 0 | missed - - -"
                + " | cache peers 0 1 1 | workers 2 OK, node3 ERR/REC | alerts TomcatClusterSplitBrain | 62 requests, 2 failed, 1 sessions lost");
  }

  @Test
  void whatIsUnknownIsNoZero() {
    assertThat(LiveLine.text(Observations.UNKNOWN))
        .isEqualTo(
            "members - - | islands - | lag - | unreplicated - - | missed - - | cache peers - - | workers -"
                + " | alerts none"
                + " | 0 requests, 0 failed, 0 sessions lost");
  }

  @Test
  void islandsOfAPartialPartitionAreNoWholeNumber() {
    assertThat(withIslands(4.0 / 3).islandsText()).isEqualTo("islands 1.33");
    assertThat(withIslands(4.0 / 3).hasIslands(1)).isFalse();
  }

  /** Ten nodes' tenths, added one after the other as Prometheus does: 0.9999999999999999. */
  @Test
  void aSumOfFractionsIsTheWholeNumberThatItStandsFor() {
    double islands = 0;
    for (int node = 0; node < 10; node++) {
      islands += 0.1;
    }
    assertThat(islands).isLessThan(1);
    assertThat(withIslands(islands).hasIslands(1)).isTrue();
    assertThat(withIslands(islands).hasIslands(2)).isFalse();
    assertThat(withIslands(islands).islandsText()).isEqualTo("islands 1");
    assertThat(Observations.UNKNOWN.hasIslands(0)).isFalse();
  }

  @Test
  void aWorkerOnTrialIsNotOk() {
    assertThat(Observations.SPLIT.allWorkersOk(3)).isFalse();
    Map<String, String> good = Map.of("node1", "OK", "node2", "OK/IDLE", "node3", "OK/BUSY");
    assertThat(withWorkers(good).allWorkersOk(3)).isTrue();
    assertThat(withWorkers(good).allWorkersOk(4)).isFalse();
  }

  @Test
  void viewsAreThoseOfTheStory() {
    assertThat(Views.all(3)).isEqualTo(counts(3, 3, 3));
    assertThat(Views.firstAlone(4)).isEqualTo(counts(1, 3, 3, 3));
    assertThat(Views.text(Views.lastDead(3))).isEqualTo("members 2 2 -");
    assertThat(Observations.SPLIT.sees(Views.firstAlone(3))).isTrue();
    assertThat(Observations.UNKNOWN.sees(Views.lastDead(2))).isFalse();
  }

  private static List<OptionalInt> counts(Integer... counts) {
    return List.of(counts).stream().map(OptionalInt::of).toList();
  }

  private static Observation withIslands(double islands) {
    return new Observation(
        List.of(),
        OptionalDouble.of(islands),
        OptionalDouble.empty(),
        Observations.risk(),
        List.of(),
        new TreeMap<>(),
        new TreeSet<>(),
        new Totals(0, 0, 0, 0, 0, 0, Map.of()));
  }

  private static Observation withWorkers(Map<String, String> workers) {
    return new Observation(
        List.of(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Observations.risk(),
        List.of(),
        new TreeMap<>(workers),
        new TreeSet<>(),
        new Totals(0, 0, 0, 0, 0, 0, Map.of()));
  }
}
