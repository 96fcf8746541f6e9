package io.tribescope.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.testbed.clients.Sample;
import io.tribescope.testbed.clients.Scrape;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RiskTest {
  private static final Map<String, String> NAMES =
      Map.of("10.0.0.1:4000", "node1", "10.0.0.2:4000", "node2", "10.0.0.3:4000", "node3");

  @Test
  void isWhatEachNodeSaysOfAllContextsTogether() {
    Risk risk =
        risk(
            """
            tomcat_session_unreplicated{context="localhost/a"} 20
            tomcat_session_unreplicated{context="localhost/b"} 3
            """,
            """
            tomcat_session_unreplicated{context="localhost/a"} 0
            tomcat_session_missed_changes{context="localhost/a",member="10.0.0.1:4000"} 4
            tomcat_session_missed_changes{context="localhost/b",member="10.0.0.1:4000"} 1
            tomcat_session_missed_changes{context="localhost/a",member="10.0.0.3:4000"} 2
            """);

    assertThat(risk.unreplicated()).containsExactly(OptionalInt.of(23), OptionalInt.of(0));
    assertThat(risk.missed()).containsExactly(others(), others("node1", 5, "node3", 2));
    assertThat(risk.unreplicatedText()).isEqualTo("unreplicated 23 0");
    assertThat(risk.missedText()).isEqualTo("missed - 7");
  }

  /** An agent without these metrics must not look like one that has nothing to tell. */
  @Test
  void whatIsNotSaidIsNoZero() {
    Risk risk = risk("", "tomcat_session_unreplicated_oldest_seconds 0\n");

    assertThat(risk.unreplicatedText()).isEqualTo("unreplicated - -");
    assertThat(risk.unreplicated()).isNotEqualTo(List.of(OptionalInt.of(0), OptionalInt.of(0)));
    assertThat(risk.among(List.of(others("node2", 0), others("node1", 0))).missedText())
        .isEqualTo("missed - -");
  }

  @Test
  void ofNodesThatAreNotAskedForNothingIsShown() {
    Risk risk =
        risk(
            """
            tomcat_session_missed_changes{member="10.0.0.2:4000"} 20
            tomcat_session_missed_changes{member="10.0.0.3:4000"} 20
            """,
            """
            tomcat_session_missed_changes{member="10.0.0.1:4000"} 4
            tomcat_session_missed_changes{member="10.0.0.3:4000"} 2
            """);
    List<SortedMap<String, Integer>> across =
        List.of(others("node2", 20, "node3", 20), others("node1", 4));

    assertThat(risk.among(across).missed()).isEqualTo(across);
    assertThat(risk.among(across).missedText()).isEqualTo("missed 40 4");
    assertThat(Risk.missedText(across)).isEqualTo("missed 40 4");
    assertThat(risk.among(List.of(others("node2", 20, "node4", 0), others())).missedText())
        .isEqualTo("missed - -");
  }

  @Test
  void aNodeThatIsAloneRisksAllAndEachSideMissesTheOthersChanges() {
    Risk three = Risk.ofCut(List.of("node1", "node2", "node3"), List.of(20, 21, 19));
    assertThat(three.unreplicatedText()).isEqualTo("unreplicated 20 0 0");
    assertThat(three.missed())
        .containsExactly(
            others("node2", 20, "node3", 20), others("node1", 21), others("node1", 19));

    Risk two = Risk.ofCut(List.of("node1", "node2"), List.of(7, 8));
    assertThat(two.unreplicatedText()).isEqualTo("unreplicated 7 8");
    assertThat(two.missed()).containsExactly(others("node2", 7), others("node1", 8));
  }

  private static Risk risk(String... scrapes) {
    return Risk.read(List.of(scrapes).stream().map(RiskTest::samples).toList(), NAMES);
  }

  private static List<Sample> samples(String scrape) {
    return Scrape.parse(scrape).samples();
  }

  private static SortedMap<String, Integer> others() {
    return new TreeMap<>();
  }

  private static SortedMap<String, Integer> others(String node, int sessions) {
    return new TreeMap<>(Map.of(node, sessions));
  }

  private static SortedMap<String, Integer> others(
      String node, int sessions, String another, int its) {
    return new TreeMap<>(Map.of(node, sessions, another, its));
  }
}
