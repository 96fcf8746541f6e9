package io.tribescope.exporter.source.modjk;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a status worker.
 *
 * @param uri http or https, without credentials, query and fragment
 * @param credentials those that stood in the URL
 */
public record StatusUrl(URI uri, @Nullable Credentials credentials) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.*\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  /**
   * @throws IllegalArgumentException with one line that says what is wrong and how to mend it; it
   *     does not quote the URL, which may hold a password
   */
  public static StatusUrl parse(String url) {
    URI uri;
    try {
      uri = new URI(url.strip());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("the URL must begin with http:// or https://");
    }
    if (uri.getRawAuthority() == null) {
      throw new IllegalArgumentException("the URL names no host");
    }
    // A / in a password ends the host: jo:12/34@lb is then port 12 of a host jo.
    if (uri.getHost() == null || uri.getRawPath().contains("@")) {
      throw new IllegalArgumentException(
          "the URL's host or port is not understood: a host name has letters, digits, dots and"
              + " hyphens (for one with an underscore use its IP address); in a user or password"
              + " write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65535) {
      throw new IllegalArgumentException("the URL's port must be 1 to 65535");
    }
    // A query could hold a command that changes the balancer.
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "leave out what follows ? or #: the exporter adds its own query, mime=xml");
    }
    String userInfo = uri.getUserInfo();
    return new StatusUrl(
        withoutUserInfo(uri, scheme), userInfo == null ? null : Credentials.parse(userInfo));
  }

  public boolean isHttps() {
    return uri.getScheme().equals("https");
  }

  /** Whether what is sent there can be read on the way: http to another host. */
  public boolean isOpenToTheNetwork() {
    return !isHttps() && !LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
  }

  /**
   * Only a plain listing is ever asked for.
   *
   * @param mappings false leaves out the URI mappings ({@code opt=2})
   */
  URI request(boolean mappings) {
    return URI.create(uri + (mappings ? "?mime=xml" : "?mime=xml&opt=2"));
  }

  private static URI withoutUserInfo(URI uri, String scheme) {
    String port = uri.getPort() == -1 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return URI.create(scheme + "://" + uri.getHost() + port + (path.isEmpty() ? "/" : path));
  }
}
