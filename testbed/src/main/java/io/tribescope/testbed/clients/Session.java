package io.tribescope.testbed.clients;

import io.tribescope.testbed.machine.TestBedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One user's session as a browser has it: a cookie, and where requests go. It knows what it wrote.
 *
 * <p>Each operation is exactly one request; none is sent again by itself. An answer other than
 * status 200, or none, is an {@link UncheckedIOException}, and what was being written then counts
 * as possibly written. Thread-safe, one request at a time.
 */
public final class Session {
  private static final String COOKIE = "JSESSIONID";

  private final Http http;
  private final Tally tally;

  /** The values that each key may have: one, or more after a write that failed (null: none). */
  private final Map<String, Set<@Nullable String>> expected = new HashMap<>();

  private Endpoint endpoint;
  private @Nullable String id;
  private @Nullable String node;
  private boolean lost;

  /** What an answer proves of a session that was expected to be there. */
  enum State {
    SURVIVED,
    LOST,
    STALE
  }

  Session(Http http, Tally tally, Endpoint endpoint) {
    this.http = http;
    this.tally = tally;
    this.endpoint = endpoint;
  }

  /** Comes with that id, whether a node knows it or not. */
  synchronized Session withId(String given) {
    this.id = given;
    return this;
  }

  /** Sends the next requests elsewhere, as after a failover. */
  public synchronized Session via(Endpoint other) {
    this.endpoint = other;
    return this;
  }

  /**
   * The session's present id: a credential, not to be logged.
   *
   * @throws TestBedException when it has none
   */
  public synchronized String id() {
    if (id == null) {
      throw new TestBedException("this session was not created, or it was invalidated or lost");
    }
    return id;
  }

  /** The jvmRoute of the node that answered last; null before the first answer. */
  public synchronized @Nullable String node() {
    return node;
  }

  /** Whether it was ever found gone. */
  public synchronized boolean lost() {
    return lost;
  }

  /** Creates the session, without an attribute. */
  public synchronized Reply create() {
    return exchange("/create", false);
  }

  /** Sets an attribute; creates the session when there is none. */
  public synchronized Reply write(String key, String value) {
    try {
      Reply reply = exchange("/write?k=" + Http.encode(key) + "&v=" + Http.encode(value), true);
      expected.put(key, only(value));
      return reply;
    } catch (UncheckedIOException unknown) {
      expected.computeIfAbsent(key, any -> only(null)).add(value);
      throw unknown;
    }
  }

  /** Sets an attribute that says it is serializable and is not. It is not expected to survive. */
  public synchronized Reply writeUnserializable(String key) {
    Reply reply = exchange("/unserializable?k=" + Http.encode(key), true);
    expected.remove(key);
    return reply;
  }

  /**
   * Sets an attribute to a new instance of a class that {@code ClusterBuilder.webappClass} put into
   * the application, and that has a public constructor without arguments. It is not expected to
   * survive.
   */
  public synchronized Reply writeInstance(String key, Class<?> type) {
    String query = "/instance?k=%s&class=%s";
    Reply reply = exchange(query.formatted(Http.encode(key), Http.encode(type.getName())), true);
    expected.remove(key);
    return reply;
  }

  /**
   * Leaves a change of this session for {@code Node.runLater}, on the node that answers: made
   * outside of any request, which is when Tomcat replicates. It is expected from now on.
   */
  public synchronized Reply writeLater(String key, String value) {
    Reply reply = look("/later?k=" + Http.encode(key) + "&v=" + Http.encode(value));
    expected.put(key, only(value));
    return reply;
  }

  /** Lets the session expire after that time without a request (setMaxInactiveInterval). */
  public synchronized Reply timeout(Duration idle) {
    return look("/timeout?seconds=" + idle.toSeconds());
  }

  /** Reads an attribute; null when the session or the attribute is not there. */
  public synchronized @Nullable String read(String key) {
    return look("/read?k=" + Http.encode(key)).value();
  }

  /** Makes a request that only looks the session up. */
  public synchronized Reply touch() {
    return look("/touch");
  }

  /** Reads all attributes. */
  public synchronized Reply all() {
    return look("/all");
  }

  /** Ends the session; a later write begins another. */
  public synchronized Reply invalidate() {
    Reply reply = exchange("/invalidate", true);
    id = null;
    expected.clear();
    return reply;
  }

  /** Reads everything and compares. */
  synchronized State verify() {
    Map<String, Set<@Nullable String>> before = new HashMap<>(expected);
    Reply reply = all();
    if (reply.sessionId() == null || id == null) {
      return State.LOST;
    }
    boolean stale = false;
    for (Map.Entry<String, Set<@Nullable String>> key : before.entrySet()) {
      String actual = reply.attributes().get(key.getKey());
      if (!key.getValue().contains(actual)) {
        if (actual == null) {
          return State.LOST;
        }
        stale = true;
      }
    }
    return stale ? State.STALE : State.SURVIVED;
  }

  synchronized boolean exists() {
    return id != null;
  }

  private Reply look(String query) {
    return exchange(query, false);
  }

  private static Set<@Nullable String> only(@Nullable String value) {
    Set<@Nullable String> values = new HashSet<>();
    values.add(value);
    return values;
  }

  private Reply exchange(String query, boolean write) {
    URI uri = URI.create(endpoint.application() + query);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    // Not a GET: when a kept connection breaks, Java's client sends that again by itself.
    request.POST(BodyPublishers.noBody());
    if (id != null) {
      request.header("Cookie", COOKIE + "=" + id);
    }
    Reply reply;
    try {
      HttpResponse<String> response = http.send(request);
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      reply = Reply.of(Http.json(response.body()));
    } catch (IOException e) {
      tally.failed();
      throw new UncheckedIOException(Http.withoutQuery(uri) + ": " + e, e);
    }
    answered(reply, write);
    return reply;
  }

  private void answered(Reply reply, boolean write) {
    tally.answered(reply.node(), write);
    if (node != null && !node.equals(reply.node())) {
      tally.moved();
    }
    node = reply.node();
    String now = reply.sessionId();
    boolean another = now == null || id == null || !withoutRoute(now).equals(withoutRoute(id));
    if (id != null && another) {
      lost = true;
      tally.lost();
      expected.clear();
    }
    if (now != null && another) {
      tally.created();
    }
    id = now;
  }

  private static String withoutRoute(String id) {
    int dot = id.indexOf('.');
    return dot < 0 ? id : id.substring(0, dot);
  }

  /** Without the id, which is a credential. */
  @Override
  public synchronized String toString() {
    return "Session[node=%s, lost=%s]".formatted(node, lost);
  }
}
