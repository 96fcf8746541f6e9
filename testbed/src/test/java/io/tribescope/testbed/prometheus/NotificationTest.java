package io.tribescope.testbed.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.testbed.clients.Http;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotificationTest {
  @Test
  void eachAlertOfAMessageIsOne() {
    assertThat(
            Notification.of(
                Http.json(
                    """
                    {"status":"firing","alerts":[
                      {"status":"firing","labels":{"alertname":"A","c":"1"},"annotations":{"s":"t"}},
                      {"status":"resolved","labels":{"alertname":"B"},"annotations":{}}]}
                    """)))
        .containsExactly(
            new Notification(true, Map.of("alertname", "A", "c", "1"), Map.of("s", "t")),
            new Notification(false, Map.of("alertname", "B"), Map.of()));
  }
}
