/**
 * What mod_jk reports, as immutable values in mod_jk's own terms. A component that mod_jk did not
 * send, or sent in a form that is not understood, is {@code null}: unknown, never zero. All types
 * are safe to share between threads.
 */
package io.tribescope.exporter.model;
