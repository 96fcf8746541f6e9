package io.tribescope.testbed.demo;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.machine.TestBedException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;

/** The demo; {@code ./demo --help} says what it takes and its exit codes. */
public final class Demo {
  private static final int FAILED = 1;

  private final DemoOptions options;
  private final PrintStream out = System.out;

  private Demo(DemoOptions options) {
    this.options = options;
  }

  /** Runs the demo and ends the JVM with its exit code, or with the signal's that ended it. */
  public static void main(String[] arguments) {
    DemoOptions.main(arguments);
    Demo demo = new Demo(DemoOptions.parse(arguments));
    boolean interrupted;
    int exitCode;
    try (Interruption interruption = new Interruption()) {
      exitCode = demo.perform(interruption);
      interrupted = interruption.came();
    }
    // A second exit, if it comes after the signal's last hook, would end the JVM with its own code.
    if (!interrupted) {
      System.exit(exitCode);
    }
  }

  private int perform(Interruption interruption) {
    try {
      Bed bed = Bed.open("demo");
      try {
        return run(bed);
      } finally {
        interruption.holdOff();
        out.printf("%nStopping everything; logs are in %s%n", bed.directory());
        bed.close();
      }
    } catch (TestBedException | UncheckedIOException | CancellationException e) {
      // What a Ctrl-C broke off is no failure of what was broken off.
      if (!interruption.requested()) {
        System.err.println("demo: " + e.getMessage());
      }
      return FAILED;
    }
  }

  private int run(Bed bed) {
    if (options.keep()) {
      bed.keep();
    }
    Stage stage = new StageBuilder(bed, options, out).start();
    new Addresses(stage).print(out);
    LiveLine line = new LiveLine(out, Boolean.getBoolean("tribescope.terminal"));
    Watch watch = new Watch(new Observer(stage), line);
    if (options.story()) {
      return new Story(stage, watch, out).tell();
    }
    out.printf("%nRuns for %d minutes, or until Ctrl-C.%n%n", options.minutes());
    watch.during(options.duration());
    return 0;
  }
}
