package io.tribescope.bench.compare;

/**
 * Seconds of CPU used: so far, or within some time.
 *
 * @param machine all cores together, whoever used them
 * @param stolen given by the host to others
 */
record CpuTimes(double sender, double receiver, double load, double machine, double stolen) {
  static final CpuTimes NONE = new CpuTimes(0, 0, 0, 0, 0);

  static CpuTimes read(long sender, long receiver) {
    return new CpuTimes(
        ProcFiles.cpuSeconds(sender),
        ProcFiles.cpuSeconds(receiver),
        ProcFiles.cpuSeconds(ProcessHandle.current().pid()),
        ProcFiles.machineCpuSeconds(),
        ProcFiles.stolenSeconds());
  }

  CpuTimes since(CpuTimes earlier) {
    return new CpuTimes(
        sender - earlier.sender,
        receiver - earlier.receiver,
        load - earlier.load,
        machine - earlier.machine,
        stolen - earlier.stolen);
  }

  CpuTimes plus(CpuTimes other) {
    return new CpuTimes(
        sender + other.sender,
        receiver + other.receiver,
        load + other.load,
        machine + other.machine,
        stolen + other.stolen);
  }

  /** What neither the Tomcats nor the load used: other processes, and the kernel for all. */
  double elsewhere() {
    return Math.max(0, machine - sender - receiver - load);
  }
}
