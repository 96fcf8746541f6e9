package io.tribescope.testbed.nodes;

import io.tribescope.testbed.clients.Http;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.machine.Command;
import io.tribescope.testbed.machine.Finished;
import io.tribescope.testbed.machine.Guardian;
import io.tribescope.testbed.machine.Server;
import io.tribescope.testbed.machine.TestBedException;
import io.tribescope.testbed.network.Host;
import io.tribescope.testbed.network.Hosted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JVM on a host of its own, which can be stopped, killed, frozen and started again. */
public abstract class JvmNode implements Hosted, AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofMinutes(1);

  // Small and quick to start; the first-tier compiler is enough for tests. UsePerfData keeps a
  // killed JVM from leaving a file in /tmp.
  private static final List<String> FLAGS =
      List.of(
          "-Xms32m",
          "-Xmx256m",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-Djava.awt.headless=true",
          "-Duser.language=en",
          "-Dfile.encoding=UTF-8",
          // Without it multicast cannot be sent on a host that has IPv6.
          "-Djava.net.preferIPv4Stack=true");

  private final Guardian guardian;
  private final JvmSpec<?> spec;
  private final Path directory;
  private final Path log;
  private final Http http = new Http(Duration.ofSeconds(10));
  private @Nullable Server server;
  private boolean killed;

  /**
   * Makes it and starts nothing.
   *
   * @param directory where it runs, and has its files
   */
  protected JvmNode(Guardian guardian, JvmSpec<?> spec, Path directory, Path log) {
    this.guardian = guardian;
    this.spec = spec;
    this.directory = directory;
    this.log = log;
  }

  /** The command line to start it with. */
  protected abstract List<String> command();

  /** Whether a run that has written this serves. */
  protected abstract boolean isReady(String output);

  /** The name: node1 to noden. A Tomcat's is its jvmRoute, too. */
  public final String name() {
    return spec.name();
  }

  /** The IPv4 address of the host. */
  public final String address() {
    return spec.address();
  }

  /** The port of the agent's HTTP server. */
  public final int agentPort() {
    return spec.agentPort();
  }

  /** Both outputs of the process, of all its runs. */
  public final Path log() {
    return log;
  }

  /** What the present run has written to the log so far. */
  public final String output() {
    return server().output();
  }

  /** Whether its process is there, frozen or not. */
  public final boolean isRunning() {
    return server != null && server.isAlive();
  }

  /** The id of the present run's process: of the JVM itself, in a namespace too. */
  public final long pid() {
    return server().pid();
  }

  @Override
  public final Host host() {
    return spec.host();
  }

  /** What it is asked by. */
  protected final Http http() {
    return http;
  }

  /** Starts it, again perhaps, and returns when it serves. */
  public final void start() {
    launch();
    awaitReady();
  }

  /** Starts it and does not wait. */
  public final void launch() {
    if (isRunning()) {
      throw new TestBedException(name() + " is running already");
    }
    server = new Server(name(), guardian, directory, log, environment(), command());
    killed = false;
  }

  /** Waits until it serves. */
  public final void awaitReady() {
    server().await("start of " + name(), START, () -> isReady(output()) ? null : "still starting");
  }

  /** Stops it gracefully: its shutdown hooks tell the others that it leaves. */
  public final void stop() {
    server().terminate(STOP);
  }

  /** Whether it was killed, and has not been started since. */
  final boolean isKilled() {
    return killed;
  }

  /** Kills it; the others find out by themselves. */
  public final void kill() {
    killed = true;
    server().close();
  }

  /** Stops its process in its tracks (SIGSTOP): connections stay and nothing answers. */
  public final void freeze() {
    server().freeze();
  }

  /** Lets a frozen process go on; to one that runs it does nothing. */
  public final void resume() {
    server().resume();
  }

  /**
   * Steps the wall clock of a node that was made with one ({@link JvmSpec#clock}): in a process
   * that runs it takes hold within some 2 seconds, and it lasts over a restart.
   *
   * @param shift from the true time, as faketime writes it
   */
  public final void clock(String shift) {
    if (spec.clock() == null) {
      throw new TestBedException(name() + " was made without a clock of its own");
    }
    try {
      writeClock(shift);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot step the clock of " + name(), e);
    }
  }

  /** Sets the clock that the node was made with, if it was. */
  protected final void writeClock() throws IOException {
    if (spec.clock() != null) {
      writeClock(spec.clock());
    }
  }

  /** Whole or not at all: the process reads it at any moment. */
  private void writeClock(String shift) throws IOException {
    Path written = Files.writeString(directory.resolve("clock.next"), shift + "\n");
    Files.move(written, clockFile(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path clockFile() {
    return directory.resolve("clock");
  }

  /** Kills it if it runs. */
  @Override
  public final void close() {
    if (server != null) {
      server.close();
    }
  }

  /** A command line up to the class path: Java, the bed's flags, these, and the test's. */
  protected final List<String> java(List<String> flags) {
    List<String> command = new ArrayList<>(host().enter());
    command.add(spec.javaHome().resolve("bin/java").toString());
    command.addAll(FLAGS);
    command.addAll(flags);
    command.addAll(spec.jvm());
    return command;
  }

  /** Runs another command where it runs and with its environment, and waits for its end. */
  final Finished finish(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(directory.toFile()).environment().putAll(environment());
    guardian.guard(builder);
    return Command.finish(builder);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>(spec.environment());
    if (spec.clock() != null) {
      environment.put("FAKETIME_TIMESTAMP_FILE", clockFile().toString());
    }
    return environment;
  }

  /**
   * What the node's agent answers on {@code /metrics}.
   *
   * @throws java.io.UncheckedIOException when it does not answer with status 200
   */
  public final Scrape scrape() {
    return Scrape.parse(http.get(agent("/metrics")));
  }

  /** The address of a path on the node's agent. */
  public final URI agent(String path) {
    return URI.create("http://%s:%d%s".formatted(address(), agentPort(), path));
  }

  private Server server() {
    if (server == null) {
      throw new TestBedException(name() + " was never started");
    }
    return server;
  }

  @Override
  public final String toString() {
    return name() + "(" + address() + ")";
  }
}
