package io.tribescope.testbed.caches;

import io.tribescope.testbed.machine.Guardian;
import io.tribescope.testbed.machine.Libraries;
import io.tribescope.testbed.machine.Server;
import io.tribescope.testbed.machine.SmallJvm;
import io.tribescope.testbed.network.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A message broker, ActiveMQ, on a host of its own. What it was sent is gone with it. */
public final class Broker implements AutoCloseable {
  private static final String PROGRAM = "BrokerProgram";
  private static final Duration START = Duration.ofMinutes(1);

  private final String endpoint;
  private final Server server;

  /** Starts it and returns when it serves. */
  public Broker(Guardian guardian, Host host, Path directory) {
    this.endpoint = host.address() + ":" + host.port(61616);
    List<Path> classPath =
        Libraries.program(
            Broker.class,
            PROGRAM,
            Libraries.jars("ehcache/jms", "ehcache/logging", "activemq"),
            directory.resolve("program"));
    List<String> command = new ArrayList<>(host.enter());
    command.addAll(
        SmallJvm.command(
            "-Djdk.net.hosts.file=" + hosts(host, directory),
            "-cp",
            classPath.stream().map(Path::toString).collect(Collectors.joining(":")),
            PROGRAM,
            endpoint));
    Path log = directory.resolve("broker.log");
    this.server = new Server("broker", guardian, directory, log, Map.of(), command);
    server.await(
        "start of the broker",
        START,
        () -> server.output().contains("The broker is up") ? null : "still starting");
  }

  /** All the names that it can look up: in a namespace each other one costs it 10 s. */
  private static Path hosts(Host host, Path directory) {
    try {
      return Files.writeString(directory.resolve("hosts"), host.address() + " broker\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the hosts of the broker", e);
    }
  }

  /** Where its clients find it. */
  public String url() {
    return "tcp://" + endpoint;
  }

  /** Stops it in its tracks (SIGSTOP): connections stay and nothing answers. */
  public void freeze() {
    server.freeze();
  }

  /** Lets it go on. */
  public void resume() {
    server.resume();
  }

  /** Kills it, which breaks all its connections. */
  @Override
  public void close() {
    server.close();
  }
}
