package io.tribescope.bench.compare;

import io.tribescope.bench.compare.load.LoadResult;
import io.tribescope.bench.compare.load.SessionLoad;
import java.io.IOException;
import java.time.Duration;

/**
 * Load in short parts, after each of which the Tomcats come to rest.
 *
 * <p>Before anything is measured, the rests give the compilers a core. A saturated JVM leaves them
 * none: after 25 s of load without a rest, those of none and of Tribescope still worked all the
 * time, and their backlog was measured instead of the agent.
 *
 * <p>While it is measured, they start the load anew. What the receiver needs for a request differs
 * from load to load within one pair of Tomcats without agents, by up to twice, and stays as it is
 * while a load lasts. One long load is therefore one draw; many short ones are their mean.
 */
record LoadInParts(TomcatPair pair, SessionLoad load) {
  static final Duration PART = Duration.ofSeconds(3);

  /**
   * What the load did, and what was used for it.
   *
   * @param underLoad the CPU used while requests were made
   * @param used the same, and until the Tomcats had come to rest
   */
  record Outcome(LoadResult load, CpuTimes underLoad, CpuTimes used) {}

  /**
   * Makes requests for so long, the rests apart.
   *
   * @throws IOException when a request fails, or the Tomcats do not come to rest
   */
  Outcome run(Duration duration) throws IOException {
    LoadResult all = LoadResult.NONE;
    CpuTimes underLoad = CpuTimes.NONE;
    CpuTimes used = CpuTimes.NONE;
    Duration left = duration;
    while (left.compareTo(Duration.ZERO) > 0) {
      Duration part = left.compareTo(PART) < 0 ? left : PART;
      CpuTimes before = cpuTimes();
      all = all.plus(load.run(part));
      underLoad = underLoad.plus(cpuTimes().since(before));
      Quiet.await(pair.senderPid(), pair.receiverPid());
      used = used.plus(cpuTimes().since(before));
      left = left.minus(part);
    }
    return new Outcome(all, underLoad, used);
  }

  private CpuTimes cpuTimes() {
    return CpuTimes.read(pair.senderPid(), pair.receiverPid());
  }
}
