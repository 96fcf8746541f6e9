package io.tribescope.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.nodes.JvmNode;
import io.tribescope.testbed.nodes.Node;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What tests do with scrapes again and again. */
public final class Scrapes {
  private Scrapes() {}

  /**
   * Scrapes until the assertion holds, and returns the scrape for which it did. An agent that does
   * not answer yet, or late, is asked again.
   */
  public static Scrape awaitScrape(JvmNode node, Duration deadline, Consumer<Scrape> assertion) {
    List<Scrape> last = new ArrayList<>();
    await()
        .atMost(deadline)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .untilAsserted(
            () -> {
              Scrape scrape = node.scrape();
              assertion.accept(scrape);
              last.add(scrape);
            });
    return last.get(last.size() - 1);
  }

  /** Waits until {@code node} knows the clock of {@code peer} better than its first, slow probe. */
  public static void awaitClock(Node node, Node peer) {
    awaitScrape(
        node,
        Duration.ofSeconds(60),
        scrape ->
            assertThat(
                    scrape.value(
                        "tomcat_cluster_clock_offset_error_seconds", "member", peer.member()))
                .isLessThan(0.02));
  }

  /**
   * Scrapes until each change that was applied here has a lag, or is known to have none: some
   * seconds after it, when the clock of its owner has been compared again.
   */
  public static Scrape awaitLags(Node node) {
    return awaitScrape(
        node,
        Duration.ofSeconds(30),
        scrape -> {
          double changes = 0;
          for (String type : List.of("created", "delta", "expired", "id_changed")) {
            changes += count(scrape, "tomcat_cluster_messages_received_total", "type", type);
          }
          assertThat(
                  count(scrape, "tomcat_session_replication_lag_seconds_count")
                      + count(scrape, "tomcat_session_lag_unknown_total"))
              .as("changes with a lag, or known to have none, at %s", node)
              .isEqualTo(changes - count(scrape, "tomcat_cluster_messages_discarded_total"));
        });
  }

  /** How much the sum of these series grew; a series that was not there had been 0. */
  public static double increase(Scrape before, Scrape after, String name, String... labels) {
    return count(after, name, labels) - count(before, name, labels);
  }

  /** The sum of these series; one that is not there is 0: nothing to count has happened yet. */
  public static double count(Scrape scrape, String name, String... labels) {
    return scrape.absent(name, labels) ? 0 : scrape.sum(name, labels);
  }

  public static String[] with(String[] labels, String... more) {
    String[] all = Arrays.copyOf(labels, labels.length + more.length);
    System.arraycopy(more, 0, all, labels.length, more.length);
    return all;
  }
}
