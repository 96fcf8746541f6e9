package io.tribescope.bench.compare;

import io.tribescope.bench.compare.CompareOptions.NamedAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** The agents that can be compared, as the build puts them aside. */
final class Agents {
  private static final String JMX_EXPORTER_CONFIG = "rules:\n- pattern: \".*\"\n";

  private Agents() {}

  /** The agent that was built, then those that the options name. */
  static List<Agent> tribescopes(Path root, String commit, List<NamedAgent> named) {
    Path built = existing(root.resolve("agent/target/tribescope-agent.jar"));
    List<Agent> agents = new ArrayList<>();
    agents.add(tribescope("Tribescope", version(built) + ", commit " + commit, built, ""));
    for (NamedAgent other : named) {
      String origin = version(other.jar()) + ", " + other.jar().getFileName();
      if (!other.options().isEmpty()) {
        origin += " with " + other.options();
      }
      agents.add(tribescope(other.name(), origin, other.jar(), other.options()));
    }
    return agents;
  }

  private static Agent tribescope(String name, String origin, Path jar, String options) {
    String given = options.isEmpty() ? "" : "," + options;
    return new Agent(
        name,
        origin,
        true,
        "tomcat_cluster_members",
        (address, port) ->
            List.of("-javaagent:%s=host=%s,port=%d%s".formatted(jar, address, port, given)));
  }

  /** The agents of others. */
  static List<Agent> others(Path root) {
    Path directory = root.resolve("bench/target/agents");
    return List.of(jmxExporter(directory), openTelemetry(directory));
  }

  private static Agent jmxExporter(Path directory) {
    Path jar = existing(directory.resolve("jmx_prometheus_javaagent.jar"));
    Path config = directory.resolve("jmx_exporter.yml");
    try {
      Files.writeString(config, JMX_EXPORTER_CONFIG);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + config, e);
    }
    return new Agent(
        "jmx_exporter",
        version(jar) + ", every MBean (`pattern: \".*\"`)",
        false,
        "Catalina_",
        (address, port) -> List.of("-javaagent:%s=%s:%d:%s".formatted(jar, address, port, config)));
  }

  private static Agent openTelemetry(Path directory) {
    Path jar = existing(directory.resolve("opentelemetry-javaagent.jar"));
    return new Agent(
        "OpenTelemetry",
        version(jar) + ", spans are made; every exporter is `none`, so nothing leaves the JVM",
        false,
        "",
        (address, port) ->
            List.of(
                "-javaagent:" + jar,
                "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none"));
  }

  private static Path existing(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(jar + " is missing: bench/compare builds it");
    }
    return jar;
  }

  private static String version(Path path) {
    try (JarFile jar = new JarFile(path.toFile())) {
      String version =
          jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
      return version == null ? "of unknown version" : version;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
