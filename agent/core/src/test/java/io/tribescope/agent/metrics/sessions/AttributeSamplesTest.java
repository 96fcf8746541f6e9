package io.tribescope.agent.metrics.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.recording.Recorder;
import io.tribescope.agent.recording.WovenCalls;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.receipts.WallClock;
import io.tribescope.metrics.Snapshots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.ha.session.DeltaManager;
import org.apache.catalina.loader.ParallelWebappClassLoader;
import org.apache.catalina.webresources.StandardRoot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttributeSamplesTest {
  private final Recorder recorder = new Recorder(new WallClock(), cluster -> {});
  private final WovenCalls woven = new WovenCalls(recorder);
  private final Object channel = new Object();
  private final DeltaManager manager = new DeltaManager();

  @BeforeEach
  void start() {
    manager.setContext(new StandardContext());
    woven.channelStarting(channel);
    woven.stateTransferStarting(channel, manager, "localhost#/shop", "node1");
    woven.stateTransferEnded();
  }

  /** Held by this test, as Tomcat holds those of running webapps. */
  private final List<ClassLoader> webapps = new ArrayList<>();

  private ClassLoader webapp(String path) {
    StandardHost host = new StandardHost();
    host.setName("localhost");
    StandardContext context = new StandardContext();
    context.setPath(path);
    context.setParent(host);
    ParallelWebappClassLoader loader = new ParallelWebappClassLoader();
    loader.setResources(new StandardRoot(context));
    webapps.add(loader);
    return loader;
  }

  /** By context and class. */
  private Map<String, Double> samples(@Nullable ChannelRecord only) {
    Snapshots out = new Snapshots();
    AttributeSamples.add(
        out,
        Labels.of("cluster", "shop", "observer", "10.0.0.1:4000"),
        recorder.droppedAttributes(),
        only);
    Map<String, Double> values = new HashMap<>();
    out.build().stream()
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .forEach(
            point ->
                values.put(
                    point.getLabels().get("context") + " " + point.getLabels().get("class"),
                    ((CounterDataPointSnapshot) point).getValue()));
    return values;
  }

  @Test
  void withoutAnyThereIsNoSeries() {
    assertThat(samples(null)).isEmpty();
  }

  @Test
  void eachContextHasItsOwn() {
    ClassLoader shop = webapp("/shop");
    ClassLoader reports = webapp("/reports");
    woven.attributeDropped(shop, "shop.Cart");
    woven.attributeDropped(shop, "shop.Cart");
    woven.attributeDropped(reports, "reports.Unit");
    assertThat(samples(null))
        .isEqualTo(Map.of("localhost/shop shop.Cart", 2.0, "localhost/reports reports.Unit", 1.0));
  }

  @Test
  void ofSeveralChannelsTheOneThatHasTheContextIsMeant() {
    ClassLoader shop = webapp("/shop");
    ClassLoader reports = webapp("/reports");
    woven.attributeDropped(shop, "shop.Cart");
    woven.attributeDropped(reports, "reports.Unit");
    assertThat(samples(recorder.channels().all().get(0)))
        .isEqualTo(Map.of("localhost/shop shop.Cart", 1.0));
  }

  @Test
  void twoLoadersOfOneContextAreOneSeries() {
    ClassLoader before = webapp("/shop");
    ClassLoader after = webapp("/shop");
    woven.attributeDropped(before, "shop.Cart");
    woven.attributeDropped(after, "shop.Cart");
    assertThat(samples(null)).isEqualTo(Map.of("localhost/shop shop.Cart", 2.0));
  }

  @Test
  void whatBelongsToNoWebappIsLeftOut() {
    webapps.add(new ParallelWebappClassLoader());
    woven.attributeDropped(webapps.get(0), "shop.Cart");
    assertThat(samples(null)).isEmpty();
  }
}
