package io.tribescope.agent.start;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tribescope.agent.hooks.Hooks;
import io.tribescope.agent.hooks.weaving.HookStatus;
import io.tribescope.agent.hooks.weaving.HookTransformer;
import io.tribescope.agent.http.MetricsServer;
import io.tribescope.agent.metrics.caches.CacheSamples;
import io.tribescope.agent.metrics.node.AgentSamples;
import io.tribescope.agent.metrics.node.ClusterCollector;
import io.tribescope.agent.metrics.node.JvmMetrics;
import io.tribescope.agent.probe.Prober;
import io.tribescope.agent.recording.Recorder;
import io.tribescope.agent.recording.cache.CacheRecorder;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.receipts.WallClock;
import io.tribescope.agent.tomcat.TomcatClusters;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.util.Properties;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the agent together, once a cluster or a replicated cache has been seen. */
public final class AgentStart {
  private static final Logger logger = LoggerFactory.getLogger(AgentStart.class);

  private AgentStart() {}

  /**
   * Called by the gate on the thread that loads the first class of a cluster's or a replicator's:
   * what is done here delays Tomcat, so all but the hooks is left to a thread of its own.
   *
   * @param beginNanos when the gate began to open
   */
  public static ClassFileTransformer start(
      String arguments, Instrumentation instrumentation, long beginNanos) {
    HookStatus status = new HookStatus();
    HookTransformer transformer = new HookTransformer(Hooks.all(), status);
    WallClock clock = new WallClock();
    TomcatClusters clusters = new TomcatClusters();
    Recorder recorder = new Recorder(clock, clusters);
    recorder.listenForShutdowns(
        messages ->
            logger.warn(
                "The dispatch queue was stopped with {} messages in it: no other node gets them",
                messages));
    CacheRecorder caches = new CacheRecorder();
    recorder.connect();
    caches.connect();
    double startSeconds = (System.nanoTime() - beginNanos) / 1e9;
    DoubleSupplier spentSeconds = () -> startSeconds + transformer.spentSeconds();
    CleanThread.daemon(
            "tribescope-start",
            () -> {
              attempt(
                  "Caches that were made before the first replicated one are not observed",
                  () -> EarlyClasses.advise(instrumentation));
              serve(arguments, recorder, caches, clock, clusters, status, spentSeconds);
            })
        .start();
    return transformer;
  }

  private static void serve(
      String arguments,
      Recorder recorder,
      CacheRecorder caches,
      WallClock clock,
      TomcatClusters clusters,
      HookStatus status,
      DoubleSupplier startSeconds) {
    attempt(
        "The agent cannot publish what it counts",
        () -> {
          Options options = options(arguments);
          recorder.channels().trackSessions(options.trackedSessions());
          listen(
              options,
              () -> registry(options, recorder, caches, clusters, status, startSeconds),
              recorder,
              caches);
          attempt(
              "Clocks are not compared: no lag is known, and not what arrived",
              () -> compareClocks(recorder, clock, options.probe()));
        });
  }

  /** A step that fails costs itself alone. */
  private static void attempt(String otherwise, Runnable step) {
    try {
      step.run();
    } catch (Throwable t) {
      logger.error("{}; Tomcat is not affected", otherwise, t);
    }
  }

  private static Options options(String arguments) {
    OptionSources sources =
        new OptionSources(
            arguments, System.getProperties(), System.getenv(), message -> logger.warn(message));
    return Options.of(sources, message -> logger.warn(message));
  }

  private static PrometheusRegistry registry(
      Options options,
      Recorder recorder,
      CacheRecorder caches,
      TomcatClusters clusters,
      HookStatus status,
      DoubleSupplier startSeconds) {
    PrometheusRegistry registry = new PrometheusRegistry();
    AgentSamples agent = new AgentSamples(version(), startSeconds, status, recorder, caches);
    registry.register(
        new ClusterCollector(
            recorder, clusters, options.cluster(), new CacheSamples(caches), agent));
    attempt("The JVM's basics are left out", () -> JvmMetrics.bindTo(registry));
    return registry;
  }

  private static void compareClocks(Recorder recorder, WallClock clock, boolean asking) {
    Prober prober = new Prober(recorder.channels(), clock, asking, ChannelRecord::routeHash);
    prober.listenForReceipts(recorder.receiptListener());
    recorder.listenForProbes(prober);
    prober.start();
  }

  private static void listen(
      Options options,
      Supplier<PrometheusRegistry> registry,
      Recorder recorder,
      CacheRecorder caches) {
    try {
      MetricsServer server =
          MetricsServer.start(
              options.host(),
              options.port(),
              registry,
              () -> !recorder.channels().all().isEmpty() || !caches.records().all().isEmpty());
      logger.info(
          "Tribescope {} publishes http://{}:{}/metrics", version(), options.host(), server.port());
    } catch (IOException e) {
      logger.error(
          "Cannot listen on {}:{} ({}): nothing is published, Tomcat is not affected. Choose"
              + " another with port=",
          options.host(),
          options.port(),
          e.getMessage());
    }
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in =
        AgentStart.class.getResourceAsStream("/io/tribescope/agent/version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      logger.debug("No version", e);
    }
    return properties.getProperty("version", "unknown");
  }
}
