/**
 * Conclusions from what mod_jk reports, such as whether a member serves users. Pure functions of
 * the model, so that metrics, pages and commands say the same.
 */
package io.tribescope.exporter.verdict;
