package io.tribescope.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux says of processes and of the machine in {@code /proc}. */
final class ProcFiles {
  /** The kernel counts times in ticks of 10 ms for its users, on every machine. */
  private static final double TICKS = 100;

  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private ProcFiles() {}

  /** The seconds of CPU that a process has used so far, in user and kernel mode. */
  static double cpuSeconds(long pid) {
    return processCpuSeconds(read("/proc/" + pid + "/stat"));
  }

  /**
   * The same from the text of its {@code stat}: utime and stime, the 14th field and the 15th. The
   * 2nd is the command's name in parentheses, which may hold anything.
   */
  static double processCpuSeconds(String stat) {
    List<String> fields = fields(stat.substring(stat.lastIndexOf(')') + 2));
    return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS;
  }

  /** The seconds that all cores together were busy since the machine started, stolen time apart. */
  static double machineCpuSeconds() {
    return machineCpuSeconds(read("/proc/stat"));
  }

  /** The same from its text: user, nice, system, idle, iowait, irq, softirq, steal, guests. */
  static double machineCpuSeconds(String stat) {
    List<String> fields = fields(stat);
    return Stream.of(1, 2, 3, 6, 7).mapToLong(field -> Long.parseLong(fields.get(field))).sum()
        / TICKS;
  }

  /** The seconds that the host gave this machine's cores to others, since it started. */
  static double stolenSeconds() {
    return stolenSeconds(read("/proc/stat"));
  }

  static double stolenSeconds(String stat) {
    return Long.parseLong(fields(stat).get(8)) / TICKS;
  }

  /** Those of the first line. */
  private static List<String> fields(String text) {
    return BLANKS.splitAsStream(text.lines().findFirst().orElse("")).toList();
  }

  /** The memory of a process that is resident, in MiB. */
  static double residentMebibytes(long pid) {
    return residentMebibytes(read("/proc/" + pid + "/status"));
  }

  static double residentMebibytes(String status) {
    Matcher line = RESIDENT.matcher(status);
    if (!line.find()) {
      throw new IllegalStateException("no VmRSS: the process has ended");
    }
    return Long.parseLong(line.group(1)) / 1024.0;
  }

  static String read(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
