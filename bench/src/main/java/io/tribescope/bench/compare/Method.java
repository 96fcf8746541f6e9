package io.tribescope.bench.compare;

import io.tribescope.bench.compare.CompareOptions.NamedAgent;
import io.tribescope.bench.compare.load.Scrapes;
import io.tribescope.bench.compare.load.SessionLoad;
import java.util.List;

/** Says how the figures are measured. */
final class Method {
  private Method() {}

  /** The command with what bears on the figures, defaults too; no path of this machine. */
  static String command(CompareOptions options) {
    StringBuilder command =
        new StringBuilder(
            "bench/compare --rounds %d --others %d --seconds %d --warm-up %d --recording-samples %d"
                .formatted(
                    options.rounds(),
                    options.others(),
                    options.seconds(),
                    options.warmUp(),
                    options.recordingSamples()));
    for (NamedAgent agent : options.agents()) {
      command.append(" --agent %s=%s".formatted(agent.name(), agent.jar().getFileName()));
      command.append(agent.options().isEmpty() ? "" : "=" + agent.options());
    }
    return command.toString();
  }

  /** A sentence or two on each. */
  static List<String> sentences(CompareOptions options) {
    return List.of(
        "A run starts two Tomcats on 127.0.0.1, the sender and then the receiver, each with a fresh"
            + " JVM, and ends them. They replicate by DeltaManager over NioReceiver with"
            + " `channelSendOptions` 8 (asynchronous).",
        "A round runs none and our agents one right after the other, in an order that turns with"
            + " each round; others' agents run after them, in the first rounds only.",
        "Ready after: from exec to the application's first answer with status 200, asked for every"
            + " 5 ms; the mean of both Tomcats.",
        ("The load: %d connections to the sender, on each of which a request follows the last one's"
                + " answer at once. Each request writes an attribute that changes into one of %d"
                + " sessions in turn. A request that failed, a session that was lost or one that the"
                + " receiver does not hold would have ended the comparison.")
            .formatted(SessionLoad.CONNECTIONS, SessionLoad.SESSIONS),
        ("It runs for %d s before anything is measured, then for the %d s that are measured: in parts"
                + " of %d s, after each of which the Tomcats come to rest. So their compilers get a"
                + " core, and the figures are the mean of many loads: what a receiver needs differs"
                + " from load to load by up to twice, without an agent, too.")
            .formatted(options.warmUp(), options.seconds(), LoadInParts.PART.toSeconds()),
        ("Tribescope and jmx_exporter are scraped meanwhile, both Tomcats every %d s, as by a"
                + " Prometheus; that is in their figures.")
            .formatted(Scrapes.EVERY.toSeconds()),
        "CPU a request: user and kernel time of both Tomcats (`/proc/PID/stat`), until they have come"
            + " to rest after each part, over the requests that were answered.",
        "p99: the request time that 99 % did not exceed, as the load sees it on saturated cores.",
        "Resident memory: `VmRSS` after the load, no collection forced; the mean of both"
            + " Tomcats. What an agent has on the heap shows only where it makes the JVM touch more"
            + " of the heap.",
        "Busy, elsewhere and stolen are shares of all cores' time under load: elsewhere is what"
            + " neither the Tomcats nor the load used, such as other processes; stolen is what the"
            + " host gave to other machines.",
        "The samples are of runs of their own, as recording takes CPU: `jdk.ExecutionSample` every"
            + " 10 ms on the sender with `-XX:+DebugNonSafepoints`, stacks of up to 256 frames, under"
            + " the same load and scrapes, after the same time of warming up.");
  }
}
