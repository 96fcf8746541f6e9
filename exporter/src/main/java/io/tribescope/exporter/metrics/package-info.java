/**
 * What the exporter publishes, of mod_jk and of itself: declarations ({@code ...Families}), and the
 * samples that one reading of a status gives. Nothing is kept from one reading to the next.
 */
package io.tribescope.exporter.metrics;
