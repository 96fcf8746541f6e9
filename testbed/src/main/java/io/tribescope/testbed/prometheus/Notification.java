package io.tribescope.testbed.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Alertmanager said of one alert in one message. It repeats an alert when another of the same
 * group joins or ends.
 *
 * @param firing false when it says that the alert is resolved
 */
public record Notification(
    boolean firing, Map<String, String> labels, Map<String, String> annotations) {
  /** The alert's name. */
  public String name() {
    return labels.getOrDefault("alertname", "");
  }

  static List<Notification> of(JsonNode message) {
    List<Notification> notifications = new ArrayList<>();
    for (JsonNode alert : message.path("alerts")) {
      notifications.add(
          new Notification(
              alert.path("status").asText().equals("firing"),
              map(alert.path("labels")),
              map(alert.path("annotations"))));
    }
    return notifications;
  }

  private static Map<String, String> map(JsonNode object) {
    Map<String, String> map = new HashMap<>();
    object.properties().forEach(field -> map.put(field.getKey(), field.getValue().asText()));
    return Map.copyOf(map);
  }
}
