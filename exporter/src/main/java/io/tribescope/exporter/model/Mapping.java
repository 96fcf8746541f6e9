package io.tribescope.exporter.model;

import org.jspecify.annotations.Nullable;

/**
 * URIs that the web server hands to a balancer or worker.
 *
 * @param server the virtual host
 * @param type the kind of match, {@code Wildchar} or {@code Exact}
 */
public record Mapping(@Nullable String server, @Nullable String uri, @Nullable String type) {}
