package io.tribescope.agent.start;

import java.util.Locale;

/** Every option of the agent, with its default and what it takes. */
enum Option {
  HOST("127.0.0.1", "address or host name that /metrics listens on"),
  PORT("9406", "port of /metrics, 0 to 65535; 0 takes any free one"),
  CLUSTER("", "name of the cluster; without it Tomcat's own, which is Catalina everywhere"),
  EXPECTED_MEMBERS("", "how many nodes the cluster should have, 1 to 1000"),
  PROBE("true", "true or false: compare clocks with the other nodes, for the replication lag"),
  TRACKED_SESSIONS(
      "100000", "how many changed sessions are tracked, 1000 to 1000000; some 90 bytes each"),
  MEMBER_SERIES_LIMIT("50", "above so many members, no series for each pair of nodes; 0 to 1000");

  final String defaultValue;
  final String meaning;

  Option(String defaultValue, String meaning) {
    this.defaultValue = defaultValue;
    this.meaning = meaning;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
