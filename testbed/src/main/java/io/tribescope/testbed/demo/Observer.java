package io.tribescope.testbed.demo;

import io.tribescope.testbed.clients.Sample;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.nodes.Node;
import io.tribescope.testbed.prometheus.Exporter;
import io.tribescope.testbed.prometheus.Notification;
import io.tribescope.testbed.prometheus.Prometheus;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Asks each part for what it alone knows. What does not answer is unknown. */
final class Observer {
  private static final String ISLANDS =
      "cluster_job:tomcat_cluster_member_up:islands{cluster=\"%s\"}".formatted(Stage.CLUSTER);

  private final Stage stage;
  private final MeanLag lag = new MeanLag();

  Observer(Stage stage) {
    this.stage = stage;
  }

  /** Looks once; takes some milliseconds where all answer. */
  Observation look() {
    List<OptionalInt> members = new ArrayList<>();
    List<OptionalInt> cachePeers = new ArrayList<>();
    List<List<Sample>> scrapes = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    lag.begin();
    for (Node node : stage.cluster().nodes()) {
      List<Sample> samples = known(node::scrape);
      members.add(number(samples, "tomcat_cluster_members"));
      cachePeers.add(number(samples, "ehcache_replication_peers"));
      lag.add(node.name(), samples);
      scrapes.add(samples);
      names.put(node.member(), node.name());
    }
    return new Observation(
        members,
        stage.prometheus().map(Observer::islands).orElse(OptionalDouble.empty()),
        lag.mean(),
        Risk.read(scrapes, names),
        cachePeers,
        stage.exporter().map(Observer::workers).orElseGet(TreeMap::new),
        firing(stage.webhook().notifications()),
        stage.users().totals());
  }

  private static List<Sample> known(Supplier<Scrape> scrape) {
    try {
      return scrape.get().samples();
    } catch (UncheckedIOException silent) {
      return List.of();
    }
  }

  private static OptionalInt number(List<Sample> samples, String name) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .mapToInt(sample -> (int) sample.value())
        .findFirst();
  }

  private static OptionalDouble islands(Prometheus prometheus) {
    try {
      return prometheus.query(ISLANDS).stream().mapToDouble(Sample::value).findFirst();
    } catch (UncheckedIOException silent) {
      return OptionalDouble.empty();
    }
  }

  private static SortedMap<String, String> workers(Exporter exporter) {
    SortedMap<String, String> workers = new TreeMap<>();
    for (Sample sample : known(() -> exporter.scrape(Stage.PROBE))) {
      if (sample.name().equals("modjk_worker_state") && sample.value() == 1) {
        workers.put(
            sample.labels().getOrDefault("worker", "?"), sample.labels().getOrDefault("state", ""));
      }
    }
    return workers;
  }

  private static SortedSet<String> firing(List<Notification> notifications) {
    SortedSet<String> firing = new TreeSet<>();
    for (Notification said : notifications) {
      if (said.firing()) {
        firing.add(said.name());
      } else {
        firing.remove(said.name());
      }
    }
    return firing;
  }
}
