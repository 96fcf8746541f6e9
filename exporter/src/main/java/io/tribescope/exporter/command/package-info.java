/** The command line: options, their sources and checks, and what each command starts. */
package io.tribescope.exporter.command;
