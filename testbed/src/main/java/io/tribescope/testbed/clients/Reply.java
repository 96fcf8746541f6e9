package io.tribescope.testbed.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The application's answer to a request with a session.
 *
 * @param node the jvmRoute of the Tomcat that answered
 * @param sessionId the session's id there, null when it has none
 * @param value of the attribute that was read, null when there is none
 * @param attributes all attributes, empty unless they were asked for
 */
public record Reply(
    String node,
    @Nullable String sessionId,
    @Nullable String value,
    Map<String, String> attributes) {

  static Reply of(JsonNode json) {
    Map<String, String> attributes = new LinkedHashMap<>();
    json.path("attributes")
        .properties()
        .forEach(field -> attributes.put(field.getKey(), field.getValue().asText()));
    return new Reply(
        json.path("node").asText(),
        Http.text(json, "session"),
        Http.text(json, "value"),
        Map.copyOf(attributes));
  }

  /** The id is a credential, so it is left out. */
  @Override
  public String toString() {
    return "Reply[node=%s, session=%s, value=%s, attributes=%s]"
        .formatted(node, sessionId == null ? "none" : "present", value, attributes);
  }
}
