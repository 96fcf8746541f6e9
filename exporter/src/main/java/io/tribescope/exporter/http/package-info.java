/**
 * The exporter's HTTP endpoints: the page at {@code /}, probes of targets, the exporter's own
 * metrics, health. Threads, requests and the time of each are bounded, so that a client who does
 * not read, or a web server that does not answer, keeps nobody else waiting.
 */
package io.tribescope.exporter.http;
