package io.tribescope.testbed.nodes;

import io.tribescope.testbed.machine.Checkout;
import io.tribescope.testbed.machine.Guardian;
import io.tribescope.testbed.machine.Server;
import io.tribescope.testbed.machine.SmallJvm;
import io.tribescope.testbed.network.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** An H2 in a process of its own, empty at first, which can be killed, frozen and started again. */
public final class Database implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Pattern SERVES = Pattern.compile("(TCP server running)");

  private final Guardian guardian;
  private final Path directory;
  private final Host host;
  private final int port;
  private Server server;

  /** Starts it and returns when it accepts connections. */
  public Database(Guardian guardian, Path directory, Host host) {
    this.guardian = guardian;
    this.directory = directory;
    this.host = host;
    this.port = host.port(9092);
    this.server = launch();
  }

  /** The jar of its JDBC driver, {@code org.h2.Driver}. */
  public static Path driver() {
    return Checkout.path("testbed/target/libraries/h2.jar");
  }

  /** What its driver connects to, as user {@code sa} without a password. */
  public String url() {
    return "jdbc:h2:tcp://%s:%d/./shop".formatted(host.address(), port);
  }

  /** Kills it: its connections break, and new ones are refused. */
  public void kill() {
    server.close();
  }

  /** Starts it again after a {@link #kill}. */
  public void start() {
    server = launch();
  }

  /** Stops it in its tracks: connections stay, the kernel takes new ones, and nothing answers. */
  public void freeze() {
    server.freeze();
  }

  /** Lets it go on after a {@link #freeze}. */
  public void resume() {
    server.resume();
  }

  private Server launch() {
    List<String> command = new ArrayList<>(host.enter());
    command.addAll(
        SmallJvm.command(
            "-Dh2.bindAddress=" + host.address(),
            "-cp",
            driver().toString(),
            "org.h2.tools.Server",
            "-tcp",
            "-tcpPort",
            Integer.toString(port),
            "-tcpAllowOthers",
            "-ifNotExists",
            "-baseDir",
            directory.resolve("data").toString()));
    Path log = directory.resolve("database.log");
    Server launched = new Server("database", guardian, directory, log, Map.of(), command);
    launched.awaitOutput(SERVES, START);
    return launched;
  }

  @Override
  public void close() {
    server.close();
  }
}
