package io.tribescope.exporter.source.modjk;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user's name and password for HTTP Basic; prints neither. */
public record Credentials(String user, String password) {

  /**
   * @param userAndPassword {@code user:password}
   * @throws IllegalArgumentException when there is no colon, or no user; the message does not quote
   *     the argument
   */
  public static Credentials parse(String userAndPassword) {
    int colon = userAndPassword.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("expected one line \"user:password\"");
    }
    return new Credentials(
        userAndPassword.substring(0, colon), userAndPassword.substring(colon + 1));
  }

  String header() {
    byte[] plain = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(plain);
  }

  @Override
  public String toString() {
    return "Credentials[hidden]";
  }
}
