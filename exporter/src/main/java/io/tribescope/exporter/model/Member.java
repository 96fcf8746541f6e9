package io.tribescope.exporter.model;

import org.jspecify.annotations.Nullable;

/**
 * A worker's part in one balancer: all that mod_jk keeps per balancer.
 *
 * @param worker the record that every balancer with this worker shares
 * @param state {@code null} when absent or of a name not known
 * @param errors failures to connect or send, and the like; not the application's 5xx
 * @param newSessions requests without a session id; not the sessions that are alive
 * @param recoverSeconds at most so long until mod_jk tries a worker in error again; 0 when it is
 *     not in error
 * @param lastErrorSeconds epoch seconds of the first of the current errors; absent after a success
 */
public record Member(
    Worker worker,
    @Nullable WorkerState state,
    @Nullable Activation activation,
    @Nullable String route,
    @Nullable String redirect,
    @Nullable String domain,
    @Nullable Long lbFactor,
    @Nullable Long lbValue,
    @Nullable Long distance,
    @Nullable Long errors,
    @Nullable Long newSessions,
    @Nullable Long recoverSeconds,
    @Nullable Long lastErrorSeconds) {}
