package io.tribescope.testbed.nodes;

import io.tribescope.testbed.clients.Http;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The caches of one node, by the names of their manager and their own. Keys and values are of
 * letters and digits. Each operation is exactly one request, without a session.
 */
public final class WebappCaches {
  private final Http http;
  private final URI application;

  WebappCaches(Http http, URI application) {
    this.http = http;
    this.application = application;
  }

  /** Puts an element, or updates it. */
  public void put(String manager, String cache, String key, String value) {
    ask("/put", manager, cache, "&k=" + Http.encode(key) + "&v=" + Http.encode(value));
  }

  /** The value, or null when this node does not hold it; counts as no use of the element. */
  public @Nullable String get(String manager, String cache, String key) {
    return ask("/get", manager, cache, "&k=" + Http.encode(key));
  }

  /** Removes an element, or what is not there. */
  public void remove(String manager, String cache, String key) {
    ask("/remove", manager, cache, "&k=" + Http.encode(key));
  }

  /** Removes all elements. */
  public void removeAll(String manager, String cache) {
    ask("/remove-all", manager, cache, "");
  }

  /** How many elements this node holds. */
  public int size(String manager, String cache) {
    return Integer.parseInt(String.valueOf(ask("/size", manager, cache, "")));
  }

  /** How many peers the cache would send to now, as Ehcache itself looks them up. */
  public int peers(String manager, String cache) {
    return Integer.parseInt(String.valueOf(ask("/peers", manager, cache, "")));
  }

  private @Nullable String ask(String operation, String manager, String cache, String more) {
    String query = "/caches%s?manager=%s&cache=%s%s";
    URI uri =
        URI.create(
            application
                + query.formatted(operation, Http.encode(manager), Http.encode(cache), more));
    return Http.text(Http.json(http.post(uri)), "value");
  }
}
