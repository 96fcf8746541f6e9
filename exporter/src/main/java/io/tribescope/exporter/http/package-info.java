/**
 * The exporter's HTTP endpoints: the page at {@code /}, probes of targets, the exporter's own
 * metrics, health. Threads, requests and the time of each are bounded.
 */
package io.tribescope.exporter.http;
