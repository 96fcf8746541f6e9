package io.tribescope.testbed.caches;

import com.fasterxml.jackson.databind.JsonNode;
import io.tribescope.testbed.clients.Http;
import io.tribescope.testbed.machine.Guardian;
import io.tribescope.testbed.nodes.JvmNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A JVM with CacheManagers of Ehcache 2.x, on a host of its own. All that is done to it or asked of
 * it may come from several threads at once: an operation that Ehcache blocks holds up no other.
 */
public final class CacheNode extends JvmNode {
  /**
   * What the value of {@link NodeCache#putRejectable} is, for a peer's {@code jdk.serialFilter}.
   */
  public static final String REJECTABLE = CacheHome.PROGRAM + "$Rejectable";

  // More than any blocked operation was seen to take.
  private static final Duration OPERATION = Duration.ofMinutes(3);

  private static final String LOGGING =
      """
      handlers = java.util.logging.ConsoleHandler
      .level = INFO
      java.util.logging.ConsoleHandler.level = ALL
      java.util.logging.SimpleFormatter.format = %1$tT.%1$tL %4$s [%3$s] %5$s%6$s%n
      """;

  private final CacheNodeSpec spec;
  private final CacheHome home;
  private final Path directory;
  private final List<String> managers;
  private final Http operations = new Http(OPERATION);

  CacheNode(
      Guardian guardian,
      CacheNodeSpec spec,
      CacheHome home,
      Path directory,
      Collection<String> managers) {
    super(guardian, spec, directory, directory.resolve("caches.log"));
    this.spec = spec;
    this.home = home;
    this.directory = directory;
    this.managers = List.copyOf(managers);
  }

  void configure(Map<String, String> configurations) {
    try {
      Files.createDirectories(directory.resolve("temp"));
      Files.writeString(directory.resolve("logging.properties"), LOGGING);
      for (Map.Entry<String, String> manager : configurations.entrySet()) {
        Files.writeString(configuration(manager.getKey()), manager.getValue());
      }
      writeClock();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the files of " + name(), e);
    }
  }

  private Path configuration(String manager) {
    return directory.resolve(manager + ".xml");
  }

  @Override
  protected List<String> command() {
    List<String> flags = new ArrayList<>();
    flags.add("-Xmx64m");
    flags.add("-Djava.util.logging.config.file=" + directory.resolve("logging.properties"));
    flags.add("-Djava.io.tmpdir=" + directory.resolve("temp"));
    flags.add("-Dnet.sf.ehcache.skipUpdateCheck=true");
    // Ehcache's own hostName is what it looks up; what is then called is where RMI says it is,
    // which in a namespace is the address of another host.
    flags.add("-Djava.rmi.server.hostname=" + address());
    List<String> command = java(flags);
    command.add("-cp");
    command.add(home.classPath().stream().map(Path::toString).collect(Collectors.joining(":")));
    command.add(CacheHome.PROGRAM);
    command.add(address());
    command.add(Integer.toString(spec.httpPort()));
    command.add(Integer.toString(spec.heartbeatMillis()));
    for (String manager : managers) {
      command.add(manager);
      command.add(configuration(manager).toString());
    }
    return command;
  }

  @Override
  protected boolean isReady(String output) {
    return output.contains("All managers are up");
  }

  /** A cache of the first manager. */
  public NodeCache cache(String name) {
    return cache(managers.get(0), name);
  }

  /** A cache of one of several managers. */
  public NodeCache cache(String manager, String name) {
    return new NodeCache(this, manager, name);
  }

  /** Shuts a manager down within the JVM, and returns how long it took. */
  public Duration shutdownManager(String manager) {
    return time(ask("shutdown", Map.of("manager", manager)));
  }

  /** Creates a manager that was shut down, from the same file, and returns how long it took. */
  public Duration startManager(String manager) {
    return time(ask("start", Map.of("manager", manager)));
  }

  /** Shuts a manager down and creates it again at once. */
  public Duration restartManager(String manager) {
    return shutdownManager(manager).plus(startManager(manager));
  }

  /** Has the JVM clear all soft references, by asking for more memory than there is. */
  public void clearSoftReferences() {
    ask("clear-soft-references", Map.of());
  }

  /**
   * Does something, or asks something, and returns the answer when it is done.
   *
   * @throws UncheckedIOException when it fails, with the failure's text
   */
  JsonNode ask(String operation, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + Http.encode(parameter.getValue()))
            .collect(Collectors.joining("&"));
    String uri = "http://%s:%d/%s?%s".formatted(address(), spec.httpPort(), operation, query);
    return Http.json(operations.get(URI.create(uri)));
  }

  JsonNode ask(String operation, String manager, String cache, Map<String, String> parameters) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.put("manager", manager);
    all.put("cache", cache);
    return ask(operation, all);
  }

  static Duration time(JsonNode answer) {
    return Duration.ofNanos(answer.path("nanos").asLong());
  }
}
