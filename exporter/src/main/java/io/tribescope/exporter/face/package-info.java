/** What the exporter shows: metrics, and the HTTP endpoints that serve them. */
package io.tribescope.exporter.face;
