package io.tribescope.testbed.network;

import io.tribescope.testbed.machine.Command;
import io.tribescope.testbed.machine.Guardian;
import io.tribescope.testbed.machine.Locked;
import io.tribescope.testbed.machine.TestBedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bridge, and a namespace with a veth pair for each host. It is removed by the {@link Guardian},
 * which is told its name before it is made.
 */
final class NamespaceNetwork extends Network {
  /** RFC 2544 keeps 198.18.0.0/15 for test beds, so no real network is hidden by ours. */
  private static final String RANGE = "198.18.";

  private static final Pattern USED = Pattern.compile("inet 198\\.18\\.(\\d+)\\.");
  private static final int FIRST_HOST = 11;
  private static final List<String> DROP = List.of("-j", "DROP");
  private static final List<String> ACCEPT = List.of("-j", "ACCEPT");
  private static final List<String> RESET =
      List.of("-p", "tcp", "-j", "REJECT", "--reject-with", "tcp-reset");

  /** The first packet alone: the next would have to come an hour later. */
  private static final List<String> ONCE =
      List.of("-m", "limit", "--limit", "1/hour", "--limit-burst", "1");

  /** Neither a connection's beginning nor its break. */
  private static final List<String> TALK = List.of("-p", "tcp", "--tcp-flags", "SYN,RST", "NONE");

  private final String name;
  private final int subnet;
  private final List<Host> hosts = new ArrayList<>();
  private final Set<Rule> rules = new LinkedHashSet<>();
  private int multicastPort = 45_564;

  /** What is done to that which goes from one host to another. */
  private sealed interface Rule {
    Host from();

    Host to();

    void apply();

    void undo();
  }

  /** What a host does with that which comes from another, as iptables writes it. */
  private record Input(Host from, Host to, List<String> what) implements Rule {
    @Override
    public void apply() {
      iptables("-A");
    }

    @Override
    public void undo() {
      iptables("-D");
    }

    private void iptables(String action) {
      List<String> command = new ArrayList<>(to.enter());
      command.addAll(List.of("iptables", "-w", action, "INPUT", "-s", from.address()));
      command.addAll(what);
      Command.require(command.toArray(String[]::new));
    }
  }

  /** A host knows no way to another. */
  private record NoRoute(Host from, Host to) implements Rule {
    @Override
    public void apply() {
      route("add");
    }

    @Override
    public void undo() {
      route("del");
    }

    private void route(String action) {
      List<String> command = new ArrayList<>(from.enter());
      command.addAll(List.of("ip", "route", action, "unreachable", to.address() + "/32"));
      Command.require(command.toArray(String[]::new));
    }
  }

  /**
   * Makes the bridge.
   *
   * @param name its name, and the prefix of the hosts' names; at most 10 characters
   * @throws TestBedException when this machine does not allow it
   */
  NamespaceNetwork(String name) {
    this.name = name;
    this.subnet = Locked.with("network", () -> addBridge(name));
    // A container may allow bridges and still no namespaces: better known now.
    Command.require("ip", "netns", "add", name + "-0");
    Command.require("ip", "netns", "exec", name + "-0", "true");
    Command.require("ip", "netns", "del", name + "-0");
    // Where bridged packets pass the host's own rules (br_netfilter) and those drop what they do
    // not know, as with Docker, the hosts would not hear each other.
    Command.require("iptables", "-w", "-I", "FORWARD", "-i", name, "-o", name, "-j", "ACCEPT");
  }

  /** A name that no bed of this machine has. */
  static String newName() {
    return "ts%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24));
  }

  private static int addBridge(String name) {
    int subnet = freeSubnet(addresses());
    Command.require("ip", "link", "add", name, "type", "bridge");
    Command.require("ip", "addr", "add", RANGE + subnet + ".1/24", "dev", name);
    Command.require("ip", "link", "set", name, "up");
    return subnet;
  }

  private static String addresses() {
    for (int tries = 0; tries < 100; tries++) {
      String addresses = Command.require("ip", "-o", "-4", "addr");
      // By links that came or went meanwhile, another bed's perhaps: some may be missing.
      if (!addresses.contains("Dump was interrupted")) {
        return addresses;
      }
    }
    throw new TestBedException("links come and go too fast: `ip addr` is always interrupted");
  }

  static int freeSubnet(String addresses) {
    Set<Integer> used = new HashSet<>();
    Matcher matcher = USED.matcher(addresses);
    while (matcher.find()) {
      used.add(Integer.valueOf(matcher.group(1)));
    }
    for (int subnet = 0; subnet < 256; subnet++) {
      if (!used.contains(subnet)) {
        return subnet;
      }
    }
    throw new TestBedException("all of 198.18.0.0/16 is in use: `ip addr` shows by whom");
  }

  @Override
  public synchronized Host addHost() {
    int number = hosts.size() + 1;
    String host = name + "-" + number;
    String address = RANGE + subnet + "." + (FIRST_HOST + hosts.size());
    Command.require("ip", "netns", "add", host);
    Command.require(
        "ip", "link", "add", host, "type", "veth", "peer", "name", "eth0", "netns", host);
    Command.require("ip", "link", "set", host, "master", name, "up");
    Command.require("ip", "-n", host, "addr", "add", address + "/24", "dev", "eth0");
    Command.require("ip", "-n", host, "link", "set", "lo", "up");
    Command.require("ip", "-n", host, "link", "set", "eth0", "up");
    Command.require("ip", "-n", host, "route", "add", "default", "via", RANGE + subnet + ".1");
    keepClientsFromServersPorts(host);
    Host added = new Host(address, host);
    hosts.add(added);
    return added;
  }

  /**
   * By default the kernel takes a client's port from 32768 on, and then no server can have it: the
   * connection of one cache manager to its registry took the port that the next one was to have.
   * Where the setting cannot be written, as in some containers, be it so.
   */
  private static void keepClientsFromServersPorts(String host) {
    String set =
        "echo %d %d >%s".formatted(Ports.CLIENTS.first(), Ports.CLIENTS.last(), Ports.EPHEMERAL);
    Command.run(null, List.of("ip", "netns", "exec", host, "sh", "-c", set));
  }

  @Override
  public synchronized int multicastPort() {
    return multicastPort++;
  }

  @Override
  public boolean canCut() {
    return true;
  }

  @Override
  public synchronized void heal() {
    for (Rule rule : List.copyOf(rules)) {
      remove(rule);
    }
  }

  @Override
  synchronized void drop(Host from, Host to) {
    add(new Input(from, to, DROP));
  }

  @Override
  synchronized void refuse(Host from, Host to) {
    add(new Input(from, to, RESET));
  }

  @Override
  synchronized void lose(String text, Host from, Host to) {
    // Dropped once and reset when TCP sends it again: by then the sender, who looks at the
    // connection right after it wrote, has gone on.
    add(new Input(from, to, all(List.of(with(text), ONCE, DROP))));
    add(new Input(from, to, all(List.of(with(text), RESET))));
  }

  @Override
  synchronized void breakAfter(String text, Host from, Host to) {
    // TCP sends it again, as it hears of no receipt, and is told then that there is no such
    // connection.
    add(new Input(to, from, all(List.of(TALK, DROP))));
    add(new Input(from, to, all(List.of(with(text), ONCE, ACCEPT))));
    add(new Input(from, to, all(List.of(with(text), ONCE, RESET))));
  }

  @Override
  synchronized void withdrawRoute(Host from, Host to) {
    add(new NoRoute(from, to));
  }

  @Override
  synchronized void mend(Host from, Host to) {
    for (Rule rule : List.copyOf(rules)) {
      if (rule.from().equals(from) && rule.to().equals(to)) {
        remove(rule);
      }
    }
  }

  private static List<String> with(String text) {
    return List.of("-m", "string", "--algo", "bm", "--string", text);
  }

  private static List<String> all(List<List<String>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  private void add(Rule rule) {
    if (rules.add(rule)) {
      rule.apply();
    }
  }

  private void remove(Rule rule) {
    if (rules.remove(rule)) {
      rule.undo();
    }
  }
}
