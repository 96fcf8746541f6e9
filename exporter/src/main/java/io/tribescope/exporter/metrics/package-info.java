/**
 * What the exporter publishes, of mod_jk and of itself: how it is declared, and the samples that
 * one reading gives.
 */
package io.tribescope.exporter.metrics;
