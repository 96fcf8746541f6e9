/** Reads mod_jk's status worker: one GET, bounded in time and size, and its XML. */
package io.tribescope.exporter.source.modjk;
