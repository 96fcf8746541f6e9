package io.tribescope.testbed.network;

import io.tribescope.testbed.machine.Checkout;
import io.tribescope.testbed.machine.Command;
import io.tribescope.testbed.machine.Finished;
import io.tribescope.testbed.machine.Guardian;
import io.tribescope.testbed.machine.TestBedException;
import io.tribescope.testbed.machine.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One bed from its opening to its end: its run directory, its network, its guardian, and all that
 * is to be closed with it. For use by one thread.
 */
public final class BedRun implements AutoCloseable {
  private static final List<String> BULKY = List.of("temp", "work", "webapps", "data");

  private final Path directory;
  private final boolean loopback;
  private final String networkName = NamespaceNetwork.newName();
  private final Guardian guardian;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private @Nullable Network network;
  private boolean keep = Boolean.getBoolean("tribescope.keep");
  private boolean closed;

  /**
   * Opens a bed.
   *
   * @param name begins the run directory's name
   * @param loopback whether all hosts are 127.0.0.1, though namespaces may be possible
   */
  public BedRun(String name, boolean loopback) {
    this.loopback = loopback;
    this.directory = newDirectory(beds(), name + "-");
    // Whatever goes wrong from here on, its logs can be found.
    System.err.println("Test bed: " + directory);
    this.guardian = new Guardian(loopback ? "" : networkName, directory.resolve("guardian.log"));
    closeLater(guardian);
  }

  /** The run directory. */
  public Path directory() {
    return directory;
  }

  /** Keeps all files when the bed is closed. */
  public void keep() {
    keep = true;
  }

  /** What ends every process that was started under its guard. */
  public Guardian guardian() {
    return guardian;
  }

  /** The bridge's name and the prefix of the namespaces. */
  public String networkName() {
    return networkName;
  }

  /** The network, made when it is first asked for. */
  public Network network() {
    if (network == null) {
      network = newNetwork();
    }
    return network;
  }

  private Network newNetwork() {
    if (loopback) {
      return new LoopbackNetwork("this bed was opened on loopback");
    }
    if (!Command.isRoot()) {
      return new LoopbackNetwork("run as root");
    }
    Finished tools = Command.run(null, List.of("sh", "-c", "command -v ip && command -v iptables"));
    if (tools.exitCode() != 0) {
      return new LoopbackNetwork("install the packages iproute2 and iptables");
    }
    try {
      return new NamespaceNetwork(networkName);
    } catch (TestBedException refused) {
      return new LoopbackNetwork("this machine does not allow them: " + refused.getMessage());
    }
  }

  /** Closes something with the bed, before all that was opened earlier. */
  public <T extends AutoCloseable> T closeLater(T closeable) {
    open.push(closeable);
    return closeable;
  }

  /** Makes a directory in the run directory for one of the bed's parts. */
  public Path newDirectory(String part) {
    Path made = directory.resolve(part);
    try {
      return Files.createDirectory(made);
    } catch (FileAlreadyExistsException e) {
      return newDirectory(directory, part + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newDirectory(Path parent, String prefix) {
    try {
      Files.createDirectories(parent);
      for (int number = 1; ; number++) {
        try {
          return Files.createDirectory(parent.resolve(prefix + number));
        } catch (FileAlreadyExistsException taken) {
          // Perhaps by a bed that was opened this moment: the next number is tried.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory in " + parent, e);
    }
  }

  /** Where run directories are made: testbed/target/beds of the checkout, whatever the module. */
  private static Path beds() {
    return Checkout.path("testbed/target/beds");
  }

  /** Ends everything, the last started first. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    RuntimeException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new TestBedException("the test bed in " + directory + " did not close", e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (!keep && failure == null) {
      deleteBulky();
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void deleteBulky() {
    try {
      List<Path> bulky;
      try (Stream<Path> walk = Files.walk(directory)) {
        bulky = walk.filter(path -> BULKY.contains(path.getFileName().toString())).toList();
      }
      for (Path path : bulky) {
        Trees.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
