package io.tribescope.testbed.demo;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.TestBedException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The demo's command line; {@code ./demo --help} says what it takes and its exit codes. */
@Command(name = "demo")
public final class Demo implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int BAD_OPTION = 2;

  private final PrintStream out = System.out;

  @Mixin private DemoOptions options = new DemoOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  private Demo() {}

  /** Runs the demo and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Demo());
    commandLine.setParameterExceptionHandler(
        (e, args) -> {
          e.getCommandLine().getErr().println("demo: " + e.getMessage() + "; see ./demo --help");
          return BAD_OPTION;
        });
    return commandLine;
  }

  @Override
  public Integer call() {
    try {
      options.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    try (Interruption interruption = new Interruption()) {
      return perform(interruption);
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
        spec.commandLine().getErr().println("demo: " + e.getMessage());
      }
      return FAILED;
    }
  }

  private int run(Bed bed) {
    if (options.keep) {
      bed.keep();
    }
    try (Stage stage = new StageBuilder(bed, options, out).start()) {
      new Addresses(stage).print(out);
      LiveLine line = new LiveLine(out, Boolean.getBoolean("tribescope.terminal"));
      Watch watch = new Watch(new Observer(stage), line);
      if (options.story) {
        return new Story(stage, watch, out).tell();
      }
      out.printf("%nRuns for %d minutes, or until Ctrl-C.%n%n", options.minutes);
      watch.during(options.duration());
      return 0;
    }
  }
}
