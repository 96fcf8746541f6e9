/**
 * The command line: options, their sources and checks, and what each command starts. A bad option
 * gets one line that says what, where and how to mend it.
 */
package io.tribescope.exporter.command;
