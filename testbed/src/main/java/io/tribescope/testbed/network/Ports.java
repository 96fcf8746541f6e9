package io.tribescope.testbed.network;

import io.tribescope.testbed.machine.TestBedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of the loopback address, for servers that cannot be told to choose one. */
public final class Ports {
  static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  /** Those that clients get in a namespace; its servers use none of them. */
  static final Range CLIENTS = new Range(50_000, 59_999);

  private static final int FIRST = 10_000;
  private static final int LAST = 65_535;
  private static final int ENOUGH = 1_000;

  // A port is free when it is looked at, and taken some time later. Until then a socket on another
  // loopback address claims it against every test bed of this machine; the kernel ends the claim
  // with this JVM.
  private static final String CLAIMS = "127.84.66.1";
  private static final List<DatagramSocket> CLAIMED = new ArrayList<>();

  private Ports() {}

  /** A port from first to last. */
  record Range(int first, int last) {
    private boolean isEnough() {
      return last - first >= ENOUGH;
    }
  }

  /**
   * A port that is free for TCP and UDP, and is given to no other test bed while this JVM lives.
   */
  public static synchronized int free() {
    Range range = range(ephemeral());
    for (int tries = 0; tries < 1000; tries++) {
      int port = ThreadLocalRandom.current().nextInt(range.first(), range.last() + 1);
      if (claim(port)) {
        return port;
      }
    }
    throw new TestBedException("no free port in " + range);
  }

  private static String ephemeral() {
    // Not readString, which begins with a read of one byte: the kernel answers no second one here.
    try (BufferedReader reader = Files.newBufferedReader(EPHEMERAL)) {
      return String.valueOf(reader.readLine());
    } catch (IOException e) {
      throw new TestBedException("cannot read " + EPHEMERAL, e);
    }
  }

  /**
   * Ports that the kernel gives to no client and to no server without a wish.
   *
   * @param ephemeral first and last of those that it gives; when these are nearly all, so be it
   */
  static Range range(String ephemeral) {
    String[] given = ephemeral.strip().split("\\s+", -1);
    Range below = new Range(FIRST, Integer.parseInt(given[0]) - 1);
    Range above = new Range(Integer.parseInt(given[1]) + 1, LAST);
    return below.isEnough() ? below : above.isEnough() ? above : new Range(FIRST, LAST);
  }

  private static boolean claim(int port) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    DatagramSocket claim;
    try {
      claim = new DatagramSocket(new InetSocketAddress(CLAIMS, port));
    } catch (IOException givenToAnother) {
      return false;
    }
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(null)) {
      tcp.bind(address);
      udp.bind(address);
      // Bound without it, the claim excludes other claims. Set now, it lets a multicast socket
      // share
      // the port, as one that listens on all addresses has to.
      claim.setReuseAddress(true);
      CLAIMED.add(claim);
      return true;
    } catch (IOException taken) {
      claim.close();
      return false;
    }
  }
}
