/**
 * Who watches: Prometheus, Alertmanager with the webhook that it tells, and the exporter that
 * Prometheus scrapes.
 */
package io.tribescope.testbed.prometheus;
