package io.tribescope.exporter.metrics;

import io.tribescope.exporter.model.Activation;
import io.tribescope.exporter.model.FailureReason;
import io.tribescope.exporter.model.WorkerState;
import io.tribescope.exporter.verdict.Availability;
import io.tribescope.metrics.MetricFamily;
import io.tribescope.metrics.MetricFamily.Declaration;
import java.util.function.Function;
import java.util.stream.Stream;

/** The metrics of one mod_jk, in the order of the document that is made of them. */
final class ModJkFamilies {
  static final MetricFamily UP =
      gauge("modjk_up").means("1 when mod_jk's status was read whole and understood.").good("1.");
  static final MetricFamily SCRAPE_FAILURE =
      gauge("modjk_scrape_failure")
          .by("reason", FailureReason.values())
          .means(
              "1 with the reason why the status could not be had: timeout, connect,"
                  + " tls, http, denied, parse, truncated.")
          .only("while modjk_up is 0")
          .good("no series.");
  static final MetricFamily SCRAPE_DURATION =
      gauge("modjk_scrape_duration_seconds")
          .means("Time to fetch and parse the status.")
          .good(
              "well below the scrape timeout; it grows when every thread of the web"
                  + " server waits on backends.");
  static final MetricFamily INFO =
      info("modjk_info")
          .with("version", "web_server")
          .means("Versions of mod_jk and of the web server.")
          .good("those you mean to run.");

  static final MetricFamily BALANCER_INFO =
      info("modjk_balancer_info", "balancer")
          .with("method", "lock", "sticky_session", "sticky_session_force")
          .means("How the balancer chooses a member and keeps sessions on it.")
          .good("sticky_session is true.");
  static final MetricFamily BALANCER_MEMBERS =
      gauge("modjk_balancer_members", "balancer")
          .by("state", Availability.values())
          .means(
              "Members by availability, computed from their state and activation:"
                  + " available; degraded (disabled, or busy to its limit); unavailable"
                  + " (stopped or in error, a trial request pending included); unknown only"
                  + " when a state is. mod_jk's own good/bad calls workers under trial good.")
          .good("all available.");
  static final MetricFamily BALANCER_BUSY =
      gauge("modjk_balancer_busy", "balancer")
          .means("Requests in the balancer now, of all processes.")
          .good(
              "below the threads of the backends; a killed web server process leaks its"
                  + " share.");
  static final MetricFamily BALANCER_MAX_BUSY =
      gauge("modjk_balancer_max_busy", "balancer")
          .means("Most requests in the balancer at once since the last reset.")
          .good("below the threads of the backends.");
  static final MetricFamily BALANCER_RECOVER_TIME =
      gauge("modjk_balancer_recover_time_seconds", "balancer")
          .means("How long a worker in error is left alone before a trial request.")
          .good("as you configured it; 60 without that.");
  static final MetricFamily BALANCER_MAINTENANCE =
      gauge("modjk_balancer_maintenance_seconds", "balancer")
          .means(
              "At most so long until mod_jk's next maintenance, which lets workers" + " recover.")
          .good("not above twice worker.maintain, 60 by default.");
  static final MetricFamily BALANCER_LAST_RESET =
      gauge("modjk_balancer_last_reset_timestamp_seconds", "balancer")
          .means(
              "When the balancer's figures were last reset, by the web server's clock;"
                  + " restarts and log rotation do that.")
          .good("no change but by those.");

  static final MetricFamily WORKER_STATE =
      gauge("modjk_worker_state", "balancer", "worker")
          .by("state", labels(WorkerState.values(), WorkerState::label))
          .means(
              "1 for the state that the member is in, 0 for the others. ERR/REC, ERR/PRB,"
                  + " ERR/FRC: in error, on trial. A dead backend that nobody called is OK/IDLE.")
          .good("OK or OK/IDLE.");
  static final MetricFamily WORKER_ACTIVATION =
      gauge("modjk_worker_activation", "balancer", "worker")
          .by("activation", labels(Activation.values(), Activation::label))
          .means(
              "1 for what the operator set: ACT; DIS (only the sessions it has); STP"
                  + " (nothing).")
          .good("ACT, but for a maintenance.");
  static final MetricFamily WORKER_INFO =
      info("modjk_worker_info", "balancer", "worker")
          .with("route", "address", "domain", "redirect", "type")
          .means("The worker's configuration; balancer is empty for a worker used without one.")
          .good("route is the jvmRoute of exactly one Tomcat.");
  static final MetricFamily WORKER_ERRORS =
      counter("modjk_worker_errors_total", "balancer", "worker")
          .means(
              "Failures to connect to, send to or read from the backend; not the"
                  + " application's 5xx. For a worker without balancer also requests refused"
                  + " at its busy limit.")
          .good("no increase.");
  static final MetricFamily WORKER_NEW_SESSIONS =
      counter("modjk_worker_new_sessions_total", "balancer", "worker")
          .means(
              "Requests without a session id that were given to the worker; not the"
                  + " sessions alive.")
          .good("in proportion to lb_factor.");
  static final MetricFamily WORKER_LB_VALUE =
      gauge("modjk_worker_lb_value", "balancer", "worker")
          .means(
              "The balancer's current reckoning of the worker's load; the lowest is"
                  + " chosen next.")
          .good("close to those of the balancer's other active workers.");
  static final MetricFamily WORKER_LB_FACTOR =
      gauge("modjk_worker_lb_factor", "balancer", "worker")
          .means("The worker's configured share of work.")
          .good("in proportion to what its backend can serve.");
  static final MetricFamily WORKER_DISTANCE =
      gauge("modjk_worker_distance", "balancer", "worker")
          .means(
              "Configured preference: workers of a greater distance serve only when no"
                  + " nearer one can.")
          .good("as you mean it; 0 without a preference.");
  static final MetricFamily WORKER_RECOVER =
      gauge("modjk_worker_recover_seconds", "balancer", "worker")
          .means(
              "At most so long until mod_jk tries a worker in error again; 0 when"
                  + " nothing is waited for.")
          .good("0.");
  static final MetricFamily WORKER_LAST_ERROR =
      gauge("modjk_worker_last_error_timestamp_seconds", "balancer", "worker")
          .means(
              "By the web server's clock: for a balancer's member when its present row of"
                  + " errors began; for a worker without balancer its last error ever.")
          .only("after an error, for a balancer's member until a success")
          .good("no series.");

  static final MetricFamily WORKER_REQUESTS =
      counter("modjk_worker_requests_total", "worker")
          .means(
              "Attempts to hand a request to the worker, over all balancers that share"
                  + " it; one that fails over counts on each worker tried.")
          .good("about in proportion to lb_factor.");
  static final MetricFamily WORKER_CLIENT_ERRORS =
      counter("modjk_worker_client_errors_total", "worker")
          .means("Requests given up because the client went away.")
          .good("few.");
  static final MetricFamily WORKER_SENT_BYTES =
      counter("modjk_worker_sent_bytes_total", "worker")
          .means("Bytes sent to the backend.")
          .good("follows the requests.");
  static final MetricFamily WORKER_RECEIVED_BYTES =
      counter("modjk_worker_received_bytes_total", "worker")
          .means("Bytes received from the backend.")
          .good("follows the requests.");
  static final MetricFamily WORKER_BUSY =
      gauge("modjk_worker_busy", "worker")
          .means("Requests with the backend now.")
          .good("below its threads; a killed web server process leaks its share.");
  static final MetricFamily WORKER_MAX_BUSY =
      gauge("modjk_worker_max_busy", "worker")
          .means("Most requests with the backend at once since the last reset.")
          .good("below its threads.");
  static final MetricFamily WORKER_CONNECTIONS =
      gauge("modjk_worker_connections", "worker")
          .means("Connections open to the backend, of all processes.")
          .good("below its maxConnections.");
  static final MetricFamily WORKER_MAX_CONNECTIONS =
      gauge("modjk_worker_max_connections", "worker")
          .means(
              "Most connections open at once since the last reset; less than those open"
                  + " now when the reset came later.")
          .good("below its maxConnections.");
  static final MetricFamily WORKER_BUSY_LIMIT =
      gauge("modjk_worker_busy_limit", "worker")
          .means("Configured limit of requests at once; 0 is no limit.")
          .good("0, or below the backend's threads.");
  static final MetricFamily WORKER_REPLY_TIMEOUTS =
      gauge("modjk_worker_reply_timeouts", "worker")
          .means(
              "Replies that came too late, of late: mod_jk halves a balancer's member's"
                  + " figure at each maintenance.")
          .good("0.");

  static final MetricFamily MAPPING_INFO =
      info("modjk_mapping_info", "balancer", "worker", "server", "uri")
          .with("type")
          .means(
              "URIs handed to a balancer, or to a worker without balancer (then"
                  + " balancer is empty).")
          .absent("with --modjk-no-mappings")
          .good("those you mean to hand on, and no other.");

  private ModJkFamilies() {}

  private static Declaration gauge(String name, String... labels) {
    return MetricFamily.gauge(name, ExporterCost.STATUS, labels);
  }

  private static Declaration counter(String name, String... labels) {
    return MetricFamily.counter(name, ExporterCost.STATUS, labels);
  }

  private static Declaration info(String name, String... labels) {
    return MetricFamily.info(name, ExporterCost.STATUS, labels);
  }

  /** In mod_jk's own words. */
  private static <E> String[] labels(E[] constants, Function<E, String> label) {
    return Stream.of(constants).map(label).toArray(String[]::new);
  }
}
