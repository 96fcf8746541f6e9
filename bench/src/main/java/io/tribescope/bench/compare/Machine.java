package io.tribescope.bench.compare;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes the machine that the comparison runs on. */
final class Machine {
  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");
  private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB$");

  private Machine() {}

  /** What the page says of it; the load is that of now, so best asked before anything starts. */
  static Map<String, String> describe() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "Cores",
        "%d, %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                first(MODEL, ProcFiles.read("/proc/cpuinfo"), "of unknown model")));
    facts.put(
        "Memory",
        String.format(
            Locale.ROOT,
            "%.1f GiB",
            Long.parseLong(first(MEMORY, ProcFiles.read("/proc/meminfo"), "0")) / 1048576.0));
    facts.put("Kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put(
        "Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    String[] loads = ProcFiles.read("/proc/loadavg").split(" ", 4);
    facts.put(
        "Load before",
        "%s, %s and %s over 1, 5 and 15 minutes".formatted(loads[0], loads[1], loads[2]));
    return facts;
  }

  private static String first(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1).trim() : otherwise;
  }
}
