package io.tribescope.agent.start;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.exposition.AgentSamples;
import io.tribescope.agent.exposition.ClusterCollector;
import io.tribescope.agent.exposition.JvmMetrics;
import io.tribescope.agent.exposition.MetricsServer;
import io.tribescope.agent.hooks.HookStatus;
import io.tribescope.agent.hooks.HookTransformer;
import io.tribescope.agent.hooks.Hooks;
import io.tribescope.agent.probe.Prober;
import io.tribescope.agent.recording.Recorder;
import io.tribescope.agent.recording.WallClock;
import io.tribescope.agent.tomcat.TomcatClusters;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.util.Properties;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the agent together, once a cluster has been seen. */
public final class AgentStart {
  private static final Logger logger = LoggerFactory.getLogger(AgentStart.class);

  private static final String[] HOOKS_ON_APPLYING = {
    "manager-receive", "session-message", "session-handle", "delta-apply", "session-met"
  };

  private AgentStart() {}

  /**
   * Called by the gate on the thread that loads the cluster's first class: what is done here delays
   * Tomcat, so all but the hooks is left to a thread of its own.
   *
   * @param beginNanos when the gate began to open
   */
  public static ClassFileTransformer start(String arguments, long beginNanos) {
    HookStatus status = new HookStatus();
    HookTransformer transformer = new HookTransformer(Hooks.all(), status);
    WallClock clock = new WallClock();
    TomcatClusters clusters = new TomcatClusters();
    Recorder recorder = new Recorder(clock, clusters, () -> noneBroken(status, HOOKS_ON_APPLYING));
    Bridge.connect(recorder);
    double startSeconds = (System.nanoTime() - beginNanos) / 1e9;
    Thread thread =
        new Thread(
            () ->
                serve(
                    arguments,
                    recorder,
                    clock,
                    clusters,
                    status,
                    () -> startSeconds + transformer.spentSeconds()),
            "tribescope-start");
    thread.setDaemon(true);
    thread.setContextClassLoader(AgentStart.class.getClassLoader());
    thread.start();
    return transformer;
  }

  /** Asked within hooks: a stream would allocate. */
  private static boolean noneBroken(HookStatus status, String[] hooks) {
    for (String hook : hooks) {
      if (status.broken(hook)) {
        return false;
      }
    }
    return true;
  }

  private static void serve(
      String arguments,
      Recorder recorder,
      WallClock clock,
      TomcatClusters clusters,
      HookStatus status,
      DoubleSupplier startSeconds) {
    try {
      OptionSources sources =
          new OptionSources(
              arguments, System.getProperties(), System.getenv(), message -> logger.warn(message));
      Options options = Options.of(sources, message -> logger.warn(message));
      Prober prober = new Prober(recorder.channels(), clock, options.probe());
      recorder.listenForProbes(prober);
      prober.start();

      PrometheusRegistry registry = new PrometheusRegistry();
      AgentSamples agent = new AgentSamples(version(), startSeconds, status, recorder);
      registry.register(new ClusterCollector(recorder, clusters, options.cluster(), agent));
      listen(options, registry, recorder);
      JvmMetrics.bindTo(registry);
    } catch (Throwable t) {
      logger.error("The agent cannot publish what it counts; Tomcat is not affected", t);
    }
  }

  private static void listen(Options options, PrometheusRegistry registry, Recorder recorder) {
    try {
      MetricsServer server =
          MetricsServer.start(
              options.host(), options.port(), registry, () -> !recorder.channels().all().isEmpty());
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
