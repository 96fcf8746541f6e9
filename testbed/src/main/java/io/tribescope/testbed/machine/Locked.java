package io.tribescope.testbed.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Work that only one test bed of this machine's user does at a time, whatever its JVM. */
public final class Locked {
  /** A file lock belongs to the whole JVM, so its threads need a lock of their own. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private Locked() {}

  /** The user's cache directory of the test bed. */
  public static Path cache() {
    return Path.of(System.getProperty("user.home"), ".cache", "tribescope");
  }

  /** Does the work while nobody else of this user does one of that name. */
  public static <T> T with(String name, Supplier<T> work) {
    Path file = cache().resolve(name + ".lock");
    THREADS.lock();
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        FileLock lock = channel.lock();
        try {
          return work.get();
        } finally {
          lock.release();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + file, e);
    } finally {
      THREADS.unlock();
    }
  }
}
