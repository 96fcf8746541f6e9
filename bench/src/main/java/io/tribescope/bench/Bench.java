package io.tribescope.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks with one thread and with two, with the allocation profiler, and prints
 * medians and quartiles: on a machine that others use, too, a mean says little. Options are JMH's.
 */
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) throws RunnerException, IOException {
    CommandLineOptions given = options(arguments);
    if (given.shouldHelp()) {
      given.showHelp();
    } else if (given.shouldList()) {
      new Runner(given).list();
    } else {
      try {
        run(given);
      } catch (NoBenchmarksException e) {
        reject("no benchmark has such a name; bench/run -l names them");
      }
    }
  }

  private static void reject(String why) {
    System.err.println("bench/run: " + why);
    System.exit(2);
  }

  private static CommandLineOptions options(String[] arguments) {
    try {
      return new CommandLineOptions(arguments);
    } catch (CommandLineOptionException e) {
      reject(e.getMessage() + "; see bench/run --help");
      throw new IllegalStateException(e);
    }
  }

  private static void run(Options given) throws RunnerException {
    System.out.printf(
        Locale.ROOT,
        "%-22s %7s %9s %9s %9s %9s %7s%n",
        "benchmark",
        "threads",
        "min ns",
        "q1 ns",
        "median",
        "q3 ns",
        "B/op");
    for (int threads : new int[] {1, 2}) {
      for (RunResult result : new Runner(options(given, threads)).run()) {
        print(result, threads);
      }
    }
  }

  private static Options options(Options given, int threads) {
    var builder =
        new OptionsBuilder()
            .parent(given)
            .threads(threads)
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .jvmArgsAppend("-Xmx512m");
    builder.forks(given.getForkCount().orElse(3));
    builder.warmupIterations(given.getWarmupIterations().orElse(3));
    builder.warmupTime(given.getWarmupTime().orElse(TimeValue.milliseconds(500)));
    builder.measurementIterations(given.getMeasurementIterations().orElse(7));
    builder.measurementTime(given.getMeasurementTime().orElse(TimeValue.milliseconds(500)));
    if (given.getIncludes().isEmpty()) {
      builder.include(RecordingBenchmark.class.getSimpleName());
      builder.include(CacheBenchmark.class.getSimpleName());
    }
    return builder.build();
  }

  private static void print(RunResult result, int threads) {
    List<Double> times = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      Collection<IterationResult> iterations = fork.getIterationResults();
      for (IterationResult iteration : iterations) {
        times.add(iteration.getPrimaryResult().getScore());
        Result<?> allocated = iteration.getSecondaryResults().get("gc.alloc.rate.norm");
        if (allocated != null) {
          bytes.add(allocated.getScore());
        }
      }
    }
    times.sort(Comparator.naturalOrder());
    bytes.sort(Comparator.naturalOrder());
    String name = result.getParams().getBenchmark();
    System.out.printf(
        Locale.ROOT,
        "%-22s %7d %9.1f %9.1f %9.1f %9.1f %7.2f%n",
        name.substring(name.lastIndexOf('.') + 1),
        threads,
        at(times, 0),
        at(times, 0.25),
        at(times, 0.5),
        at(times, 0.75),
        at(bytes, 0.5));
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.isEmpty()
        ? Double.NaN
        : sorted.get((int) Math.round(share * (sorted.size() - 1)));
  }
}
