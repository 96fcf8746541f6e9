/** Conclusions from what mod_jk reports: pure functions of the model. */
package io.tribescope.exporter.verdict;
