package io.tribescope.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./demo --story}, told to its end. */
@Tag("full")
@Tag("alone")
class StoryIT {
  /** As the README promises it: whole, split, at risk, paged, healed, stale, failed over, back. */
  private static final List<String> STEPS =
      List.of(
          "cluster up",
          "sessions safe",
          "caches in touch",
          "rules at work",
          "balancer",
          "links cut",
          "sessions at risk",
          "split seen",
          "split alerted",
          "users meanwhile",
          "links mended",
          "sessions safe again",
          "changes missed",
          "replicas compared",
          "whole again",
          "alert resolved",
          "sessions replicated",
          "carts replicated",
          "sessions fail over",
          "node dropped",
          "worker in error",
          "node back",
          "pages in all");

  @TempDir private Path directory;

  @Test
  void everyStepIsObserved() throws Exception {
    try (DemoProcess demo = DemoProcess.start(directory, "--story")) {
      int exitCode = demo.awaitEnd(Duration.ofMinutes(15));

      String said = demo.said();
      String summary = said.substring(Math.max(0, said.indexOf(" Step ")));
      assertThat(summary)
          .contains(
              "\n%1$d of %1$d steps observed, 0 missed, 0 not possible on this machine.\n"
                  .formatted(STEPS.size()));
      for (String step : STEPS) {
        assertThat(summary).containsPattern("\nok +" + step + "  ");
      }
      assertThat(summary)
          .containsPattern("\nok +pages in all +1 of TomcatClusterSplitBrain +1 of Tomcat");
      assertThat(exitCode).isZero();
    }
  }
}
