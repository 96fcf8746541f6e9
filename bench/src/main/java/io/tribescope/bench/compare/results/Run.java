package io.tribescope.bench.compare.results;

import java.util.Locale;

/**
 * What one run of one agent measured.
 *
 * @param round the runs that are compared with each other have the same
 * @param agent its name
 * @param ready seconds from exec to the first answer with status 200
 * @param cpu microseconds of CPU for each request
 * @param resident MiB at the end of the load
 * @param p99 milliseconds that 99 % of the requests did not exceed
 * @param requests a second
 */
public record Run(
    int round,
    String agent,
    Pair ready,
    Pair cpu,
    Pair resident,
    double p99,
    double requests,
    Usage usage) {

  /** A figure of either Tomcat. */
  public record Pair(double sender, double receiver) {
    double mean() {
      return (sender + receiver) / 2;
    }

    double sum() {
      return sender + receiver;
    }
  }

  /**
   * How the machine was used under load.
   *
   * @param load microseconds of CPU that the load itself used for each request
   * @param busy share of all cores' time
   * @param elsewhere share that neither the Tomcats nor the load used
   * @param stolen share that the host gave to others
   */
  public record Usage(double load, double busy, double elsewhere, double stolen) {}

  /** One line of progress. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%s: ready after %.1f and %.1f s, CPU %.0f µs a request, p99 %.2f ms, resident %.0f and"
            + " %.0f MiB, %.0f requests a second, %.0f %% of the CPU elsewhere",
        agent,
        ready.sender(),
        ready.receiver(),
        cpu.sum(),
        p99,
        resident.sender(),
        resident.receiver(),
        requests,
        100 * usage.elsewhere());
  }
}
