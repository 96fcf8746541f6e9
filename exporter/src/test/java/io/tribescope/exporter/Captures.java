package io.tribescope.exporter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Real answers of Apache httpd 2.4.71 with mod_jk 1.2.48. Expected values in tests were read off
 * these files by hand.
 */
public final class Captures {
  private Captures() {}

  public static byte[] bytes(String name) {
    try (InputStream in =
        Objects.requireNonNull(Captures.class.getResourceAsStream("/modjk/" + name), name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }
}
