package io.tribescope.testbed.caches;

import com.fasterxml.jackson.databind.JsonNode;
import io.tribescope.testbed.clients.Http;
import io.tribescope.testbed.machine.Await;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cache of one node. What changes it returns when the operation has ended in that JVM, with the
 * time it took there; what looks at it changes nothing and replicates nothing.
 *
 * <p>Thread-safe.
 */
public final class NodeCache {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final CacheNode node;
  private final String manager;
  private final String name;

  NodeCache(CacheNode node, String manager, String name) {
    this.node = node;
    this.manager = manager;
    this.name = name;
  }

  /** Puts a text. */
  public Duration put(String key, String value) {
    return change("put", Map.of("key", key, "value", value));
  }

  /** Puts a text without telling any listener: nothing is replicated. */
  public Duration putQuiet(String key, String value) {
    return change("put-quiet", Map.of("key", key, "value", value));
  }

  /**
   * Puts as many texts one after the other: {@code PREFIX1} to {@code PREFIXn}, each under its own
   * key as value.
   */
  public Duration burst(String prefix, int count) {
    return change("burst", Map.of("key", prefix, "count", Integer.toString(count)));
  }

  /** Puts the same as {@link #burst} in one {@code putAll}, which came with Ehcache 2.5. */
  public Duration putAll(String prefix, int count) {
    return change("put-all", Map.of("key", prefix, "count", Integer.toString(count)));
  }

  /** Puts a value that says it is serializable and is not. */
  public Duration putUnserializable(String key) {
    return change("put-unserializable", Map.of("key", key));
  }

  /** Puts a value that is not Serializable at all. */
  public Duration putObject(String key) {
    return change("put-object", Map.of("key", key));
  }

  /** Puts a value of the class {@link CacheNode#REJECTABLE}, which can be serialized. */
  public Duration putRejectable(String key) {
    return change("put-rejectable", Map.of("key", key));
  }

  /** Removes an element, or what is not there. */
  public Duration remove(String key) {
    return change("remove", Map.of("key", key));
  }

  /** Removes an element without telling any listener: nothing is replicated. */
  public Duration removeQuiet(String key) {
    return change("remove-quiet", Map.of("key", key));
  }

  /** Removes all elements. */
  public Duration removeAll() {
    return change("remove-all", Map.of());
  }

  /** The value held, as text; null when there is none. */
  public @Nullable String get(String key) {
    return Http.text(ask("get", Map.of("key", key)), "value");
  }

  /** How many elements are held. */
  public int size() {
    return ask("size", Map.of()).path("value").asInt();
  }

  /** All that is held, as text. */
  public Map<String, String> contents() {
    Map<String, String> contents = new TreeMap<>();
    ask("contents", Map.of())
        .path("value")
        .properties()
        .forEach(entry -> contents.put(entry.getKey(), entry.getValue().asText()));
    return contents;
  }

  /** The keys of all that is held. */
  public Set<String> keys() {
    return contents().keySet();
  }

  /**
   * To how many peers a change would be sent now. The provider is asked as a replicator asks it:
   * one with manual discovery looks every peer up.
   */
  public int peers() {
    return ask("peers", Map.of()).path("value").asInt();
  }

  /** Waits until this value is held. */
  public void awaitHeld(String key, String value) {
    await("value of a key in " + this, () -> value.equals(get(key)) ? null : "another or none");
  }

  /** Waits until nothing is held under the key. */
  public void awaitAbsent(String key) {
    await("absence of a key in " + this, () -> get(key) == null ? null : "a value");
  }

  /** Waits until so many elements are held. */
  public void awaitSize(int size) {
    await("size %d of %s".formatted(size, this), () -> unlike(size, size()));
  }

  /** Waits until there are so many peers. */
  public void awaitPeers(int number) {
    await("%d peers of %s".formatted(number, this), () -> unlike(number, peers()));
  }

  private static @Nullable String unlike(int expected, int seen) {
    return seen == expected ? null : Integer.toString(seen);
  }

  private void await(String what, Await.Missing missing) {
    Await.until(what, DEADLINE, node.log(), missing);
  }

  private Duration change(String operation, Map<String, String> parameters) {
    return CacheNode.time(ask(operation, parameters));
  }

  private JsonNode ask(String operation, Map<String, String> parameters) {
    return node.ask(operation, manager, name, parameters);
  }

  @Override
  public String toString() {
    return "%s on %s".formatted(name, node.name());
  }
}
