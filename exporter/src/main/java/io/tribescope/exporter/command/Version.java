package io.tribescope.exporter.command;

import java.util.Objects;

/** The exporter's version. */
final class Version {
  private Version() {}

  /** As the jar's manifest says; "development" when run from classes. */
  static String current() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }

  static String line() {
    return "tribescope-exporter %s (Java %s)"
        .formatted(current(), System.getProperty("java.version"));
  }
}
