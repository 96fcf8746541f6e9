package io.tribescope.testbed.nodes;

import io.tribescope.testbed.machine.Command;
import io.tribescope.testbed.machine.Finished;
import io.tribescope.testbed.machine.TestBedException;
import io.tribescope.testbed.network.Host;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM of one node is to be, while what it belongs to is being described. The address and
 * the ports are given; the rest can be chosen.
 *
 * @param <S> the kind of node
 */
public abstract class JvmSpec<S extends JvmSpec<S>> {
  // The loader puts the directory of the process' architecture for $LIB.
  private static final String FAKETIME = "/usr/$LIB/faketime/libfaketime.so.1";

  private final int number;
  private final Host host;
  private final int agentPort;
  private Path javaHome = Path.of(System.getProperty("java.home"));
  private @Nullable Path agent;
  private String agentOptions = "";
  private final List<String> jvm = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private @Nullable String clock;

  /** Describes one on that host. */
  protected JvmSpec(int number, Host host) {
    this.number = number;
    this.host = host;
    this.agentPort = host.port(9406);
  }

  /** Itself. */
  protected abstract S self();

  /** 1 to n in the order of the cluster. */
  public final int number() {
    return number;
  }

  /** The name: node1 to noden. */
  public final String name() {
    return "node" + number;
  }

  /** The IPv4 address. */
  public final String address() {
    return host.address();
  }

  /** The port at which the node's agent is expected to serve. */
  public final int agentPort() {
    return agentPort;
  }

  /** The Java to run it with; that of this JVM by default. */
  public final S javaHome(Path home) {
    this.javaHome = home;
    return self();
  }

  /**
   * Attaches an agent by {@code -javaagent:JAR=host=ADDRESS,port=PORT,OPTIONS}, the address and the
   * port being this node's; a key that the options name themselves is left to them.
   *
   * @param options comma-separated {@code key=value}, may be empty
   */
  public final S agent(Path jar, String options) {
    this.agent = jar;
    this.agentOptions = options;
    return self();
  }

  /** Adds flags for the JVM, after the test bed's own, so that they win. */
  public final S jvm(String... flags) {
    jvm.addAll(List.of(flags));
    return self();
  }

  /**
   * Shifts the node's wall clock by libfaketime; its monotonic clock stays. The start takes some 20
   * seconds more. {@link JvmNode#clock} steps it while the node runs.
   *
   * @param shift as faketime writes it, such as {@code +5.25s} or {@code -30s}
   * @throws TestBedException without libfaketime
   */
  public final S clock(String shift) {
    Finished found = Command.run(null, List.of("sh", "-c", "ls /usr/lib/*/faketime/*.so.1"));
    if (found.exitCode() != 0) {
      throw new TestBedException("no " + FAKETIME + ": install the package libfaketime");
    }
    environment.put("LD_PRELOAD", FAKETIME);
    clock = shift;
    // A step is seen a second later; reading the file at each look at the clock would be dear.
    environment.put("FAKETIME_CACHE_DURATION", "1");
    environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    // Its mending of glibc's timed waits makes every wait of a JVM return at once: measured,
    // 350,000 parks of 10 ms in 2 s instead of 200, and a start of 20 s instead of 4.
    environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    return self();
  }

  /** The shift of the clock at first; null when it is not to be shifted at all. */
  final @Nullable String clock() {
    return clock;
  }

  /** Its host. */
  public final Host host() {
    return host;
  }

  final Path javaHome() {
    return javaHome;
  }

  final Map<String, String> environment() {
    return environment;
  }

  final List<String> jvm() {
    List<String> flags = new ArrayList<>();
    if (agent != null) {
      flags.add("-javaagent:" + agent.toAbsolutePath() + "=" + agentOptions());
    }
    flags.addAll(jvm);
    return flags;
  }

  private String agentOptions() {
    List<String> options = new ArrayList<>();
    List<String> given = agentOptions.isEmpty() ? List.of() : List.of(agentOptions.split(","));
    if (given.stream().noneMatch(option -> option.startsWith("host="))) {
      options.add("host=" + address());
    }
    if (given.stream().noneMatch(option -> option.startsWith("port="))) {
      options.add("port=" + agentPort);
    }
    options.addAll(given);
    return String.join(",", options);
  }
}
