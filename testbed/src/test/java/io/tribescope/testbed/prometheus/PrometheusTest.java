package io.tribescope.testbed.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tribescope.testbed.clients.Http;
import io.tribescope.testbed.clients.Sample;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTest {
  @Test
  void resultsBecomeSamples() {
    assertThat(
            Prometheus.samples(
                Http.json(
                    """
                    {"resultType":"vector","result":[
                      {"metric":{"__name__":"up","job":"a"},"value":[1700000000.1,"1"]},
                      {"metric":{"job":"b"},"value":[1700000000.1,"+Inf"]}]}
                    """)))
        .containsExactly(
            new Sample("up", Map.of("job", "a"), 1),
            new Sample("", Map.of("job", "b"), Double.POSITIVE_INFINITY));
    assertThat(
            Prometheus.samples(
                Http.json("{\"resultType\":\"scalar\",\"result\":[1700000000,\"2.5\"]}")))
        .containsExactly(new Sample("", Map.of(), 2.5));
  }

  @Test
  void resultThatIsNeitherVectorNorScalarIsRefused() {
    assertThatThrownBy(() -> Prometheus.samples(Http.json("{\"resultType\":\"matrix\"}")))
        .hasMessageStartingWith("neither a vector nor a scalar");
  }
}
