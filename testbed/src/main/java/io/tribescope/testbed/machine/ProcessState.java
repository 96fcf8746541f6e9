package io.tribescope.testbed.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel says of processes. */
final class ProcessState {
  private static final Path PROC = Path.of("/proc");

  private ProcessState() {}

  /**
   * Whether a process is over. One whose parent has not asked for its end yet is, although {@link
   * ProcessHandle#isAlive} says otherwise; where nobody adopts orphans, it stays so for ever.
   */
  static boolean isOver(long pid) {
    try {
      return state(PROC.resolve(Long.toString(pid))) == 'Z';
    } catch (IOException gone) {
      return true;
    }
  }

  /** Whether every thread of a process is stopped. */
  static boolean isStopped(long pid) {
    try (Stream<Path> threads = Files.list(PROC.resolve(pid + "/task"))) {
      List<Path> all = threads.toList();
      for (Path thread : all) {
        if (state(thread) != 'T') {
          return false;
        }
      }
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  /** The letter after the command's name, which is in parentheses and may have some itself. */
  private static char state(Path process) throws IOException {
    String stat = Files.readString(process.resolve("stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }
}
