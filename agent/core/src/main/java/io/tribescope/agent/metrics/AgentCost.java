package io.tribescope.agent.metrics;

import io.tribescope.metrics.Cost;

/** What the knowledge of a figure costs the Tomcat, scrapes apart. */
public enum AgentCost implements Cost {
  READ("nothing; asked of Tomcat or of the agent itself at the scrape"),
  COUNTED("one add or store for each event, in a hook"),
  TIMED("one or two clock reads and at most two adds for each event, in a hook"),
  TRACKED("as counted, and a look-up by a message's id in a table of bounded size"),
  SESSION(
      "for each changed session, a look-up by its hash in a table of bounded size; a walk over that"
          + " table at a scrape, when a member comes and with each receipt"),
  IDENTIFIED("a look-up by a cache's identity in a small table, and one add for each event"),
  PROBED(
      "one message of 48 bytes to each other node every two seconds, and its answer of 1.4 KB at"
          + " most"),
  NOTIFIED("one notification for each garbage collection, on a thread of the JVM's own");

  private final String meaning;

  AgentCost(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
