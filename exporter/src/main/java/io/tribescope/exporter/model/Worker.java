package io.tribescope.exporter.model;

import org.jspecify.annotations.Nullable;

/**
 * One AJP worker's connection and traffic. mod_jk keeps a single record for a worker's name, and
 * repeats it in every balancer that uses the worker: adding the copies up counts twice.
 *
 * @param type the protocol, such as {@code ajp13}
 * @param address host and port
 * @param requests attempts: a request that fails over counts on each worker tried
 * @param sentBytes bytes to the backend
 * @param receivedBytes bytes from the backend
 * @param busyLimit requests at once; 0 is no limit
 * @param replyTimeouts recent ones; mod_jk halves the figure of a balancer's member at each
 *     maintenance, so it is no counter
 */
public record Worker(
    String name,
    @Nullable String type,
    @Nullable String address,
    @Nullable Long requests,
    @Nullable Long clientErrors,
    @Nullable Long sentBytes,
    @Nullable Long receivedBytes,
    @Nullable Long busy,
    @Nullable Long maxBusy,
    @Nullable Long connections,
    @Nullable Long maxConnections,
    @Nullable Long busyLimit,
    @Nullable Long replyTimeouts) {}
