package io.tribescope.exporter.model;

/** Why a status could not be had. */
public enum FailureReason {
  /** No whole answer in time. */
  TIMEOUT,
  /** No connection, or it was lost before an answer. */
  CONNECT,
  /** No trusted TLS connection. */
  TLS,
  /** An answer, but of another HTTP status than 200 (or 401 and 403), or no HTTP at all. */
  HTTP,
  /** The web server or mod_jk refused: HTTP status 401, 403, or an error inside the status. */
  DENIED,
  /** An answer that is no status of mod_jk 1.2.20 or newer. */
  PARSE,
  /** The answer ended early, or was longer than allowed. */
  TRUNCATED;
}
