package io.tribescope.testbed.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tribescope.testbed.machine.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 with kept connections, and the JSON that comes by it. */
public final class Http {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration READY = Duration.ofSeconds(30);

  private final Duration timeout;
  private final HttpClient client;

  /**
   * Makes one.
   *
   * @param timeout for a connection, and for the answer to a request
   */
  public Http(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  /** The body of an answer with status 200. */
  public String get(URI uri) {
    return body(uri, HttpRequest.newBuilder(uri).GET());
  }

  private String body(URI uri, HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = send(request);
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode() + ": " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      // Not a TestBedException: a wait goes on after it.
      throw new UncheckedIOException(withoutQuery(uri) + ": " + e.getMessage(), e);
    }
  }

  /**
   * The body of an answer with status 200. Never sent again by itself, as a GET is when a kept
   * connection breaks.
   */
  public String post(URI uri) {
    return body(uri, HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()));
  }

  /** For a message: the query may name a session's id or an attribute's value. */
  static String withoutQuery(URI uri) {
    return uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.timeout(timeout).build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Waits until a server that was started answers this with status 200. */
  public void awaitReady(Server server, URI uri) {
    server.await(
        "answer from " + uri,
        READY,
        () -> {
          get(uri);
          return null;
        });
  }

  /**
   * Parses JSON.
   *
   * @throws IllegalArgumentException with the text that is none
   */
  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + text, e);
    }
  }

  /** A field's text, or null when it is absent or null. */
  public static @Nullable String text(JsonNode object, String field) {
    JsonNode value = object.get(field);
    return value == null || value.isNull() ? null : value.asText();
  }

  /** A text as it can stand in a query. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
