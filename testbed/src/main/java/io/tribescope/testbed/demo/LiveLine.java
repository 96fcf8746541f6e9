package io.tribescope.testbed.demo;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The line of each second: in a terminal always the same one, elsewhere one below the other. */
final class LiveLine {
  // Back to the line's begin; what is longer than the terminal is wide is cut, not wrapped.
  private static final String BEGIN = "\r\u001b[?7l";
  private static final String END = "\u001b[K\u001b[?7h";

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final PrintStream out;
  private final boolean terminal;
  private boolean open;

  LiveLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void show(Observation now) {
    String line = LocalTime.now(ZoneId.systemDefault()).format(TIME) + "  " + text(now);
    if (terminal) {
      out.print(BEGIN + line + END);
      out.flush();
      open = true;
    } else {
      out.println(line);
    }
  }

  /** Leaves the line as it is; what is printed next stands below. */
  void end() {
    if (open) {
      out.println();
      open = false;
    }
  }

  static String text(Observation now) {
    return String.join(
        " | ",
        now.membersText(),
        now.islandsText(),
        now.lagText(),
        now.risk().unreplicatedText(),
        now.risk().missedText(),
        now.cachePeersText(),
        now.workersText(),
        now.alertsText(),
        now.usersText());
  }
}
