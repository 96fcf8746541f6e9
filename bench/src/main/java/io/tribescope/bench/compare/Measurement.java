package io.tribescope.bench.compare;

import io.tribescope.bench.compare.load.LoadResult;
import io.tribescope.bench.compare.load.Scrapes;
import io.tribescope.bench.compare.load.SessionLoad;
import io.tribescope.bench.compare.results.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Measures one agent once: starts a pair of Tomcats, warms them up by the load that is then
 * measured, and ends them.
 *
 * @param warmUp under load, before anything is measured
 * @param measured under load
 */
record Measurement(Duration warmUp, Duration measured) {
  Run of(Agent agent, int round) throws IOException {
    try (TomcatPair pair = new TomcatPair(agent, List.of());
        Scrapes scrapes = new Scrapes(pair.metrics(), agent.published());
        SessionLoad load = new SessionLoad(pair.application())) {
      LoadInParts parts = new LoadInParts(pair, load);
      parts.run(warmUp);
      LoadInParts.Outcome outcome = parts.run(measured);
      LoadResult result = outcome.load();
      CpuTimes underLoad = outcome.underLoad();
      CpuTimes used = outcome.used();
      double senderResident = ProcFiles.residentMebibytes(pair.senderPid());
      double receiverResident = ProcFiles.residentMebibytes(pair.receiverPid());
      load.checkReplicas(pair.replicas());
      scrapes.check();
      double cores = result.seconds() * Runtime.getRuntime().availableProcessors();
      return new Run(
          round,
          agent.name(),
          new Run.Pair(pair.senderReady(), pair.receiverReady()),
          new Run.Pair(micros(used.sender(), result), micros(used.receiver(), result)),
          new Run.Pair(senderResident, receiverResident),
          result.millis(99),
          result.requests() / result.seconds(),
          new Run.Usage(
              micros(underLoad.load(), result),
              underLoad.machine() / cores,
              underLoad.elsewhere() / cores,
              underLoad.stolen() / cores));
    }
  }

  private static double micros(double seconds, LoadResult result) {
    return seconds * 1e6 / result.requests();
  }
}
