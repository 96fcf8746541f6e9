package io.tribescope.exporter.face;

import static io.tribescope.exporter.face.Family.counter;
import static io.tribescope.exporter.face.Family.gauge;
import static io.tribescope.exporter.face.Family.info;

/** The metrics of one mod_jk: each with what it means and what is good. */
final class ModJkFamilies {
  static final Family UP =
      gauge("modjk_up", "1 when mod_jk's status was read whole and understood. Good: 1.");
  static final Family SCRAPE_FAILURE =
      gauge(
          "modjk_scrape_failure",
          "1 with the reason why the status could not be had: timeout, connect, tls, http, denied,"
              + " parse, truncated. Good: absent.",
          "reason");
  static final Family SCRAPE_DURATION =
      gauge(
          "modjk_scrape_duration_seconds",
          "Time to fetch and parse the status. Good: well below the scrape timeout; it grows when"
              + " every thread of the web server waits on backends.");
  static final Family INFO =
      info(
          "modjk_info",
          "Versions of mod_jk and of the web server. Good: those you mean to run.",
          "version",
          "web_server");

  static final Family BALANCER_INFO =
      info(
          "modjk_balancer_info",
          "How the balancer chooses a member and keeps sessions on it. Good: sticky_session is true.",
          "balancer",
          "method",
          "lock",
          "sticky_session",
          "sticky_session_force");
  static final Family BALANCER_MEMBERS =
      gauge(
          "modjk_balancer_members",
          "Members by availability, computed from their state and activation: available; degraded"
              + " (disabled, or busy to its limit); unavailable (stopped or in error, a trial"
              + " request pending included); unknown only when a state is. mod_jk's own good/bad"
              + " calls workers under trial good. Good: all available.",
          "balancer",
          "state");
  static final Family BALANCER_BUSY =
      gauge(
          "modjk_balancer_busy",
          "Requests in the balancer now, of all processes. Good: below the threads of the"
              + " backends; a killed web server process leaks its share.",
          "balancer");
  static final Family BALANCER_MAX_BUSY =
      gauge(
          "modjk_balancer_max_busy",
          "Most requests in the balancer at once since the last reset. Good: below the threads of the"
              + " backends.",
          "balancer");
  static final Family BALANCER_RECOVER_TIME =
      gauge(
          "modjk_balancer_recover_time_seconds",
          "How long a worker in error is left alone before a trial request. Good: as you configured"
              + " it; 60 without that.",
          "balancer");
  static final Family BALANCER_MAINTENANCE =
      gauge(
          "modjk_balancer_maintenance_seconds",
          "At most so long until mod_jk's next maintenance, which lets workers recover. Good: not"
              + " above twice worker.maintain, 60 by default.",
          "balancer");
  static final Family BALANCER_LAST_RESET =
      gauge(
          "modjk_balancer_last_reset_timestamp_seconds",
          "When the balancer's figures were last reset, by the web server's clock; restarts and"
              + " log rotation do that. Good: no change but by those.",
          "balancer");

  static final Family WORKER_STATE =
      gauge(
          "modjk_worker_state",
          "1 for the state that the member is in, 0 for the others. Good: OK or OK/IDLE; a dead"
              + " backend that nobody called is OK/IDLE too. ERR/REC, ERR/PRB, ERR/FRC: in error,"
              + " on trial.",
          "balancer",
          "worker",
          "state");
  static final Family WORKER_ACTIVATION =
      gauge(
          "modjk_worker_activation",
          "1 for what the operator set: ACT; DIS (only the sessions it has); STP (nothing). Good:"
              + " ACT, but for a maintenance.",
          "balancer",
          "worker",
          "activation");
  static final Family WORKER_INFO =
      info(
          "modjk_worker_info",
          "The worker's configuration. Good: route is the jvmRoute of exactly one Tomcat. balancer"
              + " is empty for a worker used without one.",
          "balancer",
          "worker",
          "route",
          "address",
          "domain",
          "redirect",
          "type");
  static final Family WORKER_ERRORS =
      counter(
          "modjk_worker_errors_total",
          "Failures to connect to, send to or read from the backend; not the application's 5xx."
              + " For a worker without balancer also requests refused at its busy limit. Good: no"
              + " increase.",
          "balancer",
          "worker");
  static final Family WORKER_NEW_SESSIONS =
      counter(
          "modjk_worker_new_sessions_total",
          "Requests without a session id that were given to the worker; not the sessions alive."
              + " Good: in proportion to lb_factor.",
          "balancer",
          "worker");
  static final Family WORKER_LB_VALUE =
      gauge(
          "modjk_worker_lb_value",
          "The balancer's current reckoning of the worker's load; the lowest is chosen next."
              + " Good: close to those of the balancer's other active workers.",
          "balancer",
          "worker");
  static final Family WORKER_LB_FACTOR =
      gauge(
          "modjk_worker_lb_factor",
          "The worker's configured share of work. Good: in proportion to what its backend can"
              + " serve.",
          "balancer",
          "worker");
  static final Family WORKER_DISTANCE =
      gauge(
          "modjk_worker_distance",
          "Configured preference: workers of a greater distance serve only when no nearer one"
              + " can. Good: as you mean it; 0 without a preference.",
          "balancer",
          "worker");
  static final Family WORKER_RECOVER =
      gauge(
          "modjk_worker_recover_seconds",
          "At most so long until mod_jk tries a worker in error again; 0 when nothing is waited"
              + " for. Good: 0.",
          "balancer",
          "worker");
  static final Family WORKER_LAST_ERROR =
      gauge(
          "modjk_worker_last_error_timestamp_seconds",
          "By the web server's clock: for a balancer's member when its present row of errors"
              + " began, absent after a success; for a worker without balancer its last error ever."
              + " Good: absent.",
          "balancer",
          "worker");

  static final Family WORKER_REQUESTS =
      counter(
          "modjk_worker_requests_total",
          "Attempts to hand a request to the worker, over all balancers that share it; one that"
              + " fails over counts on each worker tried. Good: about in proportion to lb_factor.",
          "worker");
  static final Family WORKER_CLIENT_ERRORS =
      counter(
          "modjk_worker_client_errors_total",
          "Requests given up because the client went away. Good: few.",
          "worker");
  static final Family WORKER_SENT_BYTES =
      counter(
          "modjk_worker_sent_bytes_total",
          "Bytes sent to the backend. Good: follows the requests.",
          "worker");
  static final Family WORKER_RECEIVED_BYTES =
      counter(
          "modjk_worker_received_bytes_total",
          "Bytes received from the backend. Good: follows the requests.",
          "worker");
  static final Family WORKER_BUSY =
      gauge(
          "modjk_worker_busy",
          "Requests with the backend now. Good: below its threads; a killed web server process"
              + " leaks its share.",
          "worker");
  static final Family WORKER_MAX_BUSY =
      gauge(
          "modjk_worker_max_busy",
          "Most requests with the backend at once since the last reset. Good: below its threads.",
          "worker");
  static final Family WORKER_CONNECTIONS =
      gauge(
          "modjk_worker_connections",
          "Connections open to the backend, of all processes. Good: below its maxConnections.",
          "worker");
  static final Family WORKER_MAX_CONNECTIONS =
      gauge(
          "modjk_worker_max_connections",
          "Most connections open at once since the last reset; less than those open now when the"
              + " reset came later. Good: below its maxConnections.",
          "worker");
  static final Family WORKER_BUSY_LIMIT =
      gauge(
          "modjk_worker_busy_limit",
          "Configured limit of requests at once; 0 is no limit. Good: 0, or below the backend's"
              + " threads.",
          "worker");
  static final Family WORKER_REPLY_TIMEOUTS =
      gauge(
          "modjk_worker_reply_timeouts",
          "Replies that came too late, of late: mod_jk halves a balancer's member's figure at each"
              + " maintenance. Good: 0.",
          "worker");

  static final Family MAPPING_INFO =
      info(
          "modjk_mapping_info",
          "URIs handed to a balancer, or to a worker without balancer (then balancer is empty)."
              + " Good: those you mean to hand on, and no other.",
          "balancer",
          "worker",
          "server",
          "uri",
          "type");

  private ModJkFamilies() {}
}
