package io.tribescope.testbed.machine;

import java.nio.file.Path;

/** The checkout that this code was built in. */
public final class Checkout {
  private static final Path ROOT =
      Path.of(System.getProperty("tribescope.root", "..")).toAbsolutePath().normalize();

  private Checkout() {}

  /** A path in it, relative to its root. */
  public static Path path(String relative) {
    return ROOT.resolve(relative);
  }
}
