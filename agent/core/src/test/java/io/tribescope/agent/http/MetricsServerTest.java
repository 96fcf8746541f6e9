package io.tribescope.agent.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tribescope.agent.hooks.Hooks;
import io.tribescope.agent.hooks.weaving.HookStatus;
import io.tribescope.agent.hooks.weaving.HookTransformer;
import io.tribescope.agent.metrics.caches.CacheSamples;
import io.tribescope.agent.metrics.cluster.ClusterSettings;
import io.tribescope.agent.metrics.node.AgentSamples;
import io.tribescope.agent.metrics.node.ClusterCollector;
import io.tribescope.agent.recording.Recorder;
import io.tribescope.agent.recording.WovenCalls;
import io.tribescope.agent.recording.cache.CacheRecorder;
import io.tribescope.agent.recording.receipts.WallClock;
import io.tribescope.agent.tomcat.FakeChannel;
import io.tribescope.agent.tomcat.TomcatClusters;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import net.bytebuddy.ByteBuddy;
import org.apache.catalina.tribes.group.interceptors.MessageDispatchInterceptor;
import org.apache.catalina.tribes.group.interceptors.TcpFailureDetector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real HTTP; the channel behind it is a fake, see {@link FakeChannel}. */
class MetricsServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final TomcatClusters clusters = new TomcatClusters();
  private final Recorder recorder = new Recorder(new WallClock(), clusters);
  private final WovenCalls woven = new WovenCalls(recorder);
  private final CacheRecorder caches = new CacheRecorder();
  private final FakeChannel channel = new FakeChannel();
  private final HookStatus hooks = new HookStatus();
  private final AtomicInteger registries = new AtomicInteger();
  private int port;

  @BeforeEach
  void start() throws IOException {
    port =
        MetricsServer.start(
                "127.0.0.1", 0, this::registry, () -> !recorder.channels().all().isEmpty())
            .port();
  }

  private PrometheusRegistry registry() {
    registries.incrementAndGet();
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(
        new ClusterCollector(
            recorder,
            clusters,
            new ClusterSettings("shop", 3, 50),
            new CacheSamples(caches),
            new AgentSamples("1.2.3", () -> 0.25, hooks, recorder, caches)));
    return registry;
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private void startCluster() {
    channel.local("10.0.0.1", 4000).with("10.0.0.2", 4000, 1);
    woven.channelStarting(channel);
    byte[] id = channel.getMembers()[0].getUniqueId();
    woven.memberAdded(channel, new byte[] {10, 0, 0, 2}, 4000, id);
  }

  /** A Tomcat that starts does not pay for it. */
  @Test
  void whatPublishesIsMadeForTheFirstScrapeAndOnce() throws Exception {
    get("/");
    get("/-/healthy");
    get("/-/ready");
    assertThat(registries).hasValue(0);
    HttpRequest scrape =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    List<CompletableFuture<HttpResponse<String>>> scrapes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      scrapes.add(client.sendAsync(scrape, HttpResponse.BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> answer : scrapes) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
    assertThat(registries).hasValue(1);
  }

  @Test
  void whatCouldNotBeMadeIsTriedAtTheNextScrape() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    port =
        MetricsServer.start(
                "127.0.0.1",
                0,
                () -> {
                  if (tries.incrementAndGet() < 3) {
                    throw new NoClassDefFoundError("gone");
                  }
                  return registry();
                },
                () -> true)
            .port();
    for (int i = 0; i < 2; i++) {
      HttpResponse<byte[]> response = get("/metrics");
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(text(response)).isEqualTo("Nothing can be published; the agent's log says why.\n");
    }
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
    assertThat(tries).hasValue(3);
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsAreServedAsPrometheusText() throws Exception {
    startCluster();
    HttpResponse<byte[]> response = get("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    String own = "{cluster=\"shop\",observer=\"10.0.0.1:4000\"";
    assertThat(text(response).lines())
        .contains(
            "# TYPE tomcat_cluster_members gauge",
            "tomcat_cluster_members" + own + "} 2.0",
            "tomcat_cluster_expected_members" + own + "} 3.0",
            "tomcat_cluster_ghost_members" + own + "} 0.0",
            "tomcat_cluster_member_up" + own.replace(",o", ",member=\"10.0.0.1:4000\",o") + "} 1.0",
            "tomcat_cluster_member_up" + own.replace(",o", ",member=\"10.0.0.2:4000\",o") + "} 1.0",
            "tomcat_cluster_membership_events_total"
                + own.replace(",o", ",event=\"joined\",o")
                + "} 1.0",
            "tribescope_agent_start_seconds 0.25");
    assertThat(text(response))
        .contains("tribescope_agent_build_info{")
        .contains("version=\"1.2.3\"")
        .doesNotContain("# EOF")
        .doesNotContain("config_problem");
  }

  @Test
  void theQueueOfAChannelThatHasOneIsPublished() throws Exception {
    channel.addInterceptor(new TcpFailureDetector());
    channel.addInterceptor(new MessageDispatchInterceptor());
    startCluster();
    Object dispatcher = new Object();
    byte[] local = {10, 0, 0, 1};
    woven.queueing(dispatcher, local, 4000);
    woven.queueing(dispatcher, local, 4000);
    woven.queueTaken(dispatcher);
    woven.queueFull(local, 4000, new byte[16]);
    String own = "{cluster=\"shop\",observer=\"10.0.0.1:4000\"";
    assertThat(text(get("/metrics")).lines())
        .contains(
            "tomcat_cluster_queue_messages" + own + "} 1.0",
            "tomcat_cluster_queue_bytes" + own + "} 0.0",
            "tomcat_cluster_queue_capacity_bytes" + own + "} 6.7108864E7",
            "tomcat_cluster_queue_discarded_total" + own + ",reason=\"full\"} 1.0",
            "tomcat_cluster_queue_discarded_total" + own + ",reason=\"shutdown\"} 0.0",
            "tomcat_cluster_queue_wait_seconds_count" + own + "} 0");
  }

  @Test
  void withoutAQueueNothingIsSaidOfOne() throws Exception {
    startCluster();
    assertThat(text(get("/metrics"))).doesNotContain("tomcat_cluster_queue_");
  }

  @Test
  void whatIsUnknownIsAbsent() throws Exception {
    startCluster();
    assertThat(text(get("/metrics")))
        .doesNotContain("tomcat_cluster_clock_offset_seconds{")
        .doesNotContain("tomcat_cluster_round_trip_seconds{")
        .doesNotContain("tomcat_cluster_messages_missing_total{")
        .doesNotContain("tomcat_session_last_applied_timestamp_seconds{")
        .doesNotContain("jvm_route=");
  }

  @Test
  void beforeAClusterThereIsTheAgentAlone() throws Exception {
    assertThat(text(get("/metrics")))
        .contains("tribescope_agent_start_seconds 0.25")
        .doesNotContain("tomcat_");
  }

  @Test
  void metricsAreServedAsOpenMetrics() throws Exception {
    HttpResponse<byte[]> response =
        get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");
    assertThat(header(response, "Content-Type"))
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(text(response)).endsWith("# EOF\n");
  }

  @Test
  void metricsAreServedToAPrometheusThatPrefersProtobuf() throws Exception {
    startCluster();
    HttpResponse<byte[]> response =
        get(
            "/metrics",
            "Accept",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                + "encoding=delimited;q=0.6,text/plain;version=0.0.4;q=0.3");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).startsWith("application/vnd.google.protobuf");
    assertThat(text(response)).contains("tomcat_cluster_members");
  }

  @Test
  void metricsAreZippedForWhoWantsIt() throws Exception {
    HttpResponse<byte[]> response = get("/metrics", "Accept-Encoding", "gzip");
    assertThat(header(response, "Content-Encoding")).isEqualTo("gzip");
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
    assertThat(new String(plain, StandardCharsets.UTF_8))
        .contains("tribescope_agent_start_seconds 0.25");
  }

  @Test
  void healthyIsTrueAndReadyOnceThereIsACluster() throws Exception {
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(text(get("/-/healthy"))).isEqualTo("healthy\n");
    assertThat(get("/-/ready").statusCode()).isEqualTo(503);
    assertThat(text(get("/-/ready"))).isEqualTo("no cluster has started\n");
    startCluster();
    assertThat(get("/-/ready").statusCode()).isEqualTo(200);
    assertThat(text(get("/-/ready"))).isEqualTo("ready\n");
  }

  @Test
  void anotherPathIsNotFoundAndSaysWhatThereIs() throws Exception {
    assertThat(get("/metricsmore").statusCode()).isEqualTo(404);
    HttpResponse<byte[]> response = get("/metric");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(text(response)).isEqualTo("Not found. See /metrics, /-/healthy, /-/ready.\n");
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  /** Twenty clients that never end their request: more than there are threads and places. */
  @Test
  void clientsThatDoNotFinishAreSentAwayAndOthersServed() throws Exception {
    int limited =
        MetricsServer.start("127.0.0.1", 0, PrometheusRegistry::new, () -> true, 300).port();
    List<Socket> stuck = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), limited);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: a".getBytes(US_ASCII));
        stuck.add(socket);
      }
      HttpRequest healthy =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + limited + "/-/healthy"))
              .timeout(Duration.ofSeconds(30))
              .build();
      assertThat(client.send(healthy, HttpResponse.BodyHandlers.ofString()).body())
          .isEqualTo("healthy\n");
      for (Socket socket : stuck) {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
    } finally {
      for (Socket socket : stuck) {
        socket.close();
      }
    }
  }

  /** Unknown is absent: a 0 would say that no receiver waits. */
  @Test
  void whatABrokenHookWouldObserveIsLeftOut() throws Exception {
    startCluster();
    String waiting = "tomcat_cluster_receiver_wait_seconds{";
    assertThat(text(get("/metrics"))).contains(waiting);
    byte[] noSuchMethod =
        new ByteBuddy()
            .subclass(Object.class)
            .name("org.apache.catalina.tribes.transport.RxTaskPool")
            .make()
            .getBytes();
    new HookTransformer(Hooks.all(), hooks)
        .transform(
            getClass().getClassLoader(),
            "org/apache/catalina/tribes/transport/RxTaskPool",
            Object.class,
            getClass().getProtectionDomain(),
            noSuchMethod);
    assertThat(text(get("/metrics"))).doesNotContain(waiting).contains("tomcat_cluster_members{");
  }

  /** Channels that share nothing must not look like one cluster. */
  @Test
  void severalChannelsAreClustersOfTheirOwn() throws Exception {
    startCluster();
    FakeChannel another = new FakeChannel().local("10.0.0.1", 4001);
    another.setName("orders");
    woven.channelStarting(another);
    FakeChannel nameless = new FakeChannel().local("10.0.0.1", 4002);
    woven.channelStarting(nameless);
    assertThat(text(get("/metrics")).lines())
        .contains(
            "tomcat_cluster_members{cluster=\"shop/channel1\",observer=\"10.0.0.1:4000\"} 2.0",
            "tomcat_cluster_members{cluster=\"shop/orders\",observer=\"10.0.0.1:4001\"} 1.0",
            "tomcat_cluster_members{cluster=\"shop/channel3\",observer=\"10.0.0.1:4002\"} 1.0");
    assertThat(another.getMembers()).isEmpty();
    assertThat(nameless.getMembers()).isEmpty();
  }

  @Test
  void aPortThatIsTakenIsAnException() {
    assertThatThrownBy(
            () -> MetricsServer.start("127.0.0.1", port, PrometheusRegistry::new, () -> true))
        .isInstanceOf(IOException.class);
  }
}
