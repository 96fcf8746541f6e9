package io.tribescope.exporter.source.modjk;

import io.tribescope.exporter.model.Activation;
import io.tribescope.exporter.model.Balancer;
import io.tribescope.exporter.model.FailureReason;
import io.tribescope.exporter.model.Mapping;
import io.tribescope.exporter.model.Member;
import io.tribescope.exporter.model.ModJkStatus;
import io.tribescope.exporter.model.StandaloneWorker;
import io.tribescope.exporter.model.Worker;
import io.tribescope.exporter.model.WorkerState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a status from its elements in the order in which they stand. */
final class StatusBuilder {
  private final List<Balancer> balancers = new ArrayList<>();
  private final List<StandaloneWorker> standaloneWorkers = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final List<Mapping> mappings = new ArrayList<>();
  private @Nullable Attributes balancer;
  private @Nullable Attributes ajp;
  private @Nullable String version;
  private @Nullable String webServer;
  private @Nullable String result;

  void start(String element, Attributes attributes) throws UnreadableStatusException {
    switch (element) {
      case "server" -> requireSchemaOf1220(attributes);
      case "software" -> {
        version = attributes.text("jk_version");
        webServer = attributes.text("web_server");
      }
      case "balancer" -> balancer = attributes;
      case "member" -> members.add(member(attributes));
      case "ajp" -> {
        // Its maps follow as siblings: it ends where the next begins.
        endStandalone();
        ajp = attributes;
      }
      case "map" ->
          mappings.add(
              new Mapping(
                  attributes.text("server"), attributes.text("uri"), attributes.text("type")));
      case "result" -> result = attributes.text("type");
      default -> {
        // Elements of newer versions.
      }
    }
  }

  void end(String element) throws UnreadableStatusException {
    switch (element) {
      case "balancer" -> endBalancer();
      case "ajp_workers" -> endStandalone();
      default -> {
        // The others hold nothing.
      }
    }
  }

  ModJkStatus build() throws UnreadableStatusException {
    if (result == null) {
      throw new UnreadableStatusException(
          FailureReason.TRUNCATED, "the status has no result, which mod_jk writes last");
    }
    if (!result.equals("OK")) {
      throw new UnreadableStatusException(
          FailureReason.DENIED,
          "mod_jk refused (with HTTP status 200); see the status worker's \"user\" directive");
    }
    return new ModJkStatus(version, webServer, balancers, standaloneWorkers);
  }

  private static void requireSchemaOf1220(Attributes server) throws UnreadableStatusException {
    if (server.has("software") || server.has("version")) {
      throw new UnreadableStatusException(
          FailureReason.PARSE,
          "this mod_jk is older than 1.2.20 and writes another kind of status; upgrade mod_jk");
    }
  }

  private void endBalancer() throws UnreadableStatusException {
    Attributes at = balancer;
    if (at == null) {
      return;
    }
    balancers.add(
        new Balancer(
            name(at, "balancer"),
            at.text("method"),
            at.text("lock"),
            at.flag("sticky_session"),
            at.flag("sticky_session_force"),
            at.number("busy"),
            at.count("max_busy"),
            at.count("recover_time"),
            at.number("time_to_maintenance_max", "time_to_maintenance"),
            at.epochSeconds("last_reset_at"),
            members,
            mappings));
    balancer = null;
    members.clear();
    mappings.clear();
  }

  private void endStandalone() throws UnreadableStatusException {
    Attributes at = ajp;
    if (at == null) {
      return;
    }
    boolean trueBytes = JkVersion.countsBytesOfStandaloneWorkers(version);
    standaloneWorkers.add(
        new StandaloneWorker(
            worker(at, name(at, "ajp"), "used", trueBytes),
            at.count("errors"),
            at.epochSeconds("error_time_unix_seconds"),
            mappings));
    ajp = null;
    mappings.clear();
  }

  private static Member member(Attributes at) throws UnreadableStatusException {
    return new Member(
        worker(at, name(at, "member"), "elected", true),
        WorkerState.of(at.text("state")),
        Activation.of(at.text("activation")),
        at.text("route"),
        at.text("redirect"),
        at.text("domain"),
        at.number("lbfactor"),
        at.count("lbvalue"),
        at.number("distance"),
        at.count("errors"),
        at.count("sessions"),
        // One figure until 1.2.20, a range since 1.2.21.
        at.number("time_to_recover_max", "time_to_recover"),
        at.epochSeconds("error_time_unix_seconds"));
  }

  private static Worker worker(Attributes at, String name, String requests, boolean trueBytes) {
    return new Worker(
        name,
        at.text("type"),
        address(at),
        at.count(requests),
        at.count("client_errors"),
        trueBytes ? at.count("transferred") : null,
        trueBytes ? at.count("read") : null,
        at.number("busy"),
        at.count("max_busy"),
        at.number("connected"),
        at.count("max_connected"),
        at.count("busy_limit"),
        at.count("reply_timeouts"));
  }

  private static @Nullable String address(Attributes at) {
    String address = at.text("address");
    String host = at.text("host");
    String port = at.text("port");
    return address != null || host == null || port == null ? address : host + ":" + port;
  }

  private static String name(Attributes at, String element) throws UnreadableStatusException {
    String name = at.text("name");
    if (name == null || name.isEmpty()) {
      throw new UnreadableStatusException(
          FailureReason.PARSE, "the status has a nameless element \"" + element + "\"");
    }
    return name;
  }
}
