/**
 * Reads mod_jk's status worker: one GET, bounded in time and size, and its XML. The answer is not
 * trusted: what is not understood is unknown, and a status that is not whole is a failure with its
 * reason.
 */
package io.tribescope.exporter.source.modjk;
