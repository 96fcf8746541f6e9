package io.tribescope.testbed.clients;

import java.util.List;

/**
 * What a client found when it compared its sessions with what it had written.
 *
 * @param survived sessions with every value as written last
 * @param lost sessions that are gone, or lack a value that was written
 * @param stale sessions that are there with every value, but not the one written last
 * @param unanswered sessions of which nothing can be said, because the request failed
 */
public record Verdict(
    List<Session> survived, List<Session> lost, List<Session> stale, List<Session> unanswered) {

  @Override
  public String toString() {
    return "survived %d, lost %d, stale %d, unanswered %d"
        .formatted(survived.size(), lost.size(), stale.size(), unanswered.size());
  }
}
