package io.tribescope.dashboards;

/**
 * One query that a dashboard sends to Prometheus.
 *
 * @param dashboard the dashboard's uid
 * @param source where it stands: a panel's title, or the name of a variable or an annotation
 * @param refId the letter of a panel's query; empty for variables and annotations
 * @param kind what sends it
 * @param expr PromQL, without template variables
 */
public record DashboardQuery(
    String dashboard, String source, String refId, Kind kind, String expr) {

  /** What sends a query. */
  public enum Kind {
    /** A panel, at one instant. */
    PANEL_INSTANT,
    /** A panel, over a range. */
    PANEL_RANGE,
    /** A template variable that lists a label's values. */
    VARIABLE,
    /** An annotation. */
    ANNOTATION
  }

  /** Has no series in a cluster that is set up well. */
  private static final String PROBLEMS = "tomcat_cluster_config_problem";

  /** Has no series without JasperReports Server's filter. */
  private static final String DROPPED = "tomcat_session_attributes_dropped_total";

  /**
   * Whether a healthy cluster may answer with no data: nothing was annotated, or the query is about
   * problems of the set-up, or about what one product's filter drops.
   */
  public boolean mayBeEmpty() {
    return kind == Kind.ANNOTATION || expr.contains(PROBLEMS) || expr.contains(DROPPED);
  }

  @Override
  public String toString() {
    return dashboard + ", " + source + (refId.isEmpty() ? "" : " " + refId) + ": " + expr;
  }
}
