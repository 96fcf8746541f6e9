package io.tribescope.agent.start;

import io.tribescope.agent.metrics.cluster.ClusterSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the agent was told, by flag, system property, environment and file, in this order. A bad
 * value is complained of in one line, and the default taken. Immutable.
 */
final class Options {
  private final String host;
  private final int port;
  private final boolean probe;
  private final int trackedSessions;
  private final ClusterSettings cluster;

  private Options(
      String host, int port, boolean probe, int trackedSessions, ClusterSettings cluster) {
    this.host = host;
    this.port = port;
    this.probe = probe;
    this.trackedSessions = trackedSessions;
    this.cluster = cluster;
  }

  /** A value, and where it was given, for a complaint. */
  static final class Given {
    final String value;
    final String where;

    Given(String value, String where) {
      this.value = value;
      this.where = where;
    }
  }

  static Options of(OptionSources sources, Consumer<String> complain) {
    Map<Option, Given> given = new EnumMap<>(Option.class);
    for (Option option : Option.values()) {
      Given value = sources.get(option);
      if (value != null) {
        given.put(option, value);
      }
    }
    Checked checked = new Checked(given, complain);
    Integer port = checked.number(Option.PORT, 0, 65535);
    Integer sessions = checked.number(Option.TRACKED_SESSIONS, 1_000, 1_000_000);
    Integer limit = checked.number(Option.MEMBER_SERIES_LIMIT, 0, 1000);
    Given name = given.get(Option.CLUSTER);
    return new Options(
        checked.host(),
        port == null ? 0 : port,
        checked.bool(Option.PROBE),
        sessions == null ? 0 : sessions,
        new ClusterSettings(
            name == null ? null : name.value,
            checked.number(Option.EXPECTED_MEMBERS, 1, 1000),
            limit == null ? 0 : limit));
  }

  private static final class Checked {
    private final Map<Option, Given> given;
    private final Consumer<String> complain;

    Checked(Map<Option, Given> given, Consumer<String> complain) {
      this.given = given;
      this.complain = complain;
    }

    @Nullable Integer number(Option option, int least, int most) {
      Given value = given.get(option);
      if (value != null) {
        try {
          int number = Integer.parseInt(value.value);
          if (number >= least && number <= most) {
            return number;
          }
        } catch (NumberFormatException e) {
          // complained of below, as a number out of range is
        }
        complain(option, value);
      }
      return option.defaultValue.isEmpty() ? null : Integer.valueOf(option.defaultValue);
    }

    boolean bool(Option option) {
      Given value = given.get(option);
      if (value != null) {
        if (value.value.equalsIgnoreCase("true") || value.value.equalsIgnoreCase("false")) {
          return value.value.equalsIgnoreCase("true");
        }
        complain(option, value);
      }
      return Boolean.parseBoolean(option.defaultValue);
    }

    String host() {
      Given value = given.get(Option.HOST);
      if (value != null) {
        try {
          if (!InetAddress.getByName(value.value).isLoopbackAddress()) {
            complain.accept(
                "host="
                    + value.value
                    + ": /metrics is open to the network without authentication; let a firewall"
                    + " admit only Prometheus");
          }
          return value.value;
        } catch (UnknownHostException e) {
          complain(Option.HOST, value);
        }
      }
      return Option.HOST.defaultValue;
    }

    private void complain(Option option, Given given) {
      complain.accept(
          "option "
              + option.key()
              + "="
              + given.value
              + " ("
              + given.where
              + ") is not usable: it takes "
              + option.meaning
              + "; using "
              + (option.defaultValue.isEmpty() ? "none" : option.defaultValue));
    }
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  boolean probe() {
    return probe;
  }

  int trackedSessions() {
    return trackedSessions;
  }

  ClusterSettings cluster() {
    return cluster;
  }
}
