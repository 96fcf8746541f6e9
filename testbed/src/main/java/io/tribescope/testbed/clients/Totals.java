package io.tribescope.testbed.clients;

import java.util.Map;

/**
 * What a client did, counted since it was made.
 *
 * @param created sessions that the application created for it
 * @param writes answered requests that set an attribute or invalidated the session
 * @param reads answered requests that changed no attribute, creations without one included
 * @param failed requests without an answer of status 200; whether they were applied is unknown
 * @param lost sessions that were no longer there when they were next asked for
 * @param moved answers by another node than the one before of the same session
 * @param answeredBy answered requests by the jvmRoute of the node
 */
public record Totals(
    long created,
    long writes,
    long reads,
    long failed,
    long lost,
    long moved,
    Map<String, Long> answeredBy) {

  /** All answered requests. */
  public long answered() {
    return answeredBy.values().stream().mapToLong(Long::longValue).sum();
  }
}
