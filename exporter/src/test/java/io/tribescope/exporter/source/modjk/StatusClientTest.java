package io.tribescope.exporter.source.modjk;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.tribescope.exporter.Captures;
import io.tribescope.exporter.model.FailureReason;
import io.tribescope.exporter.model.Reading;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Well-behaved servers, and their answers other than a status. */
class StatusClientTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int MAX_BYTES = 20_000;

  @RegisterExtension
  static final WireMockExtension server =
      WireMockExtension.newInstance()
          .options(wireMockConfig().bindAddress("127.0.0.1").dynamicPort().globalTemplating(false))
          .build();

  private final StatusClient client =
      new StatusClient("main", TrustedCertificates.ofTheJvm(), MAX_BYTES, true);

  @Test
  void sendsOneGetForAListing() throws Exception {
    answer(status());

    assertThat(read(client, null)).isInstanceOf(Reading.Understood.class);

    assertThat(requests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.getMethod().getName()).isEqualTo("GET");
              assertThat(request.getUrl()).isEqualTo("/jkstatus?mime=xml");
              assertThat(request.containsHeader("Authorization")).isFalse();
            });
  }

  @Test
  void canLeaveMappingsOut() throws Exception {
    answer(status());

    read(new StatusClient("main", TrustedCertificates.ofTheJvm(), MAX_BYTES, false), null);

    assertThat(requests())
        .singleElement()
        .extracting(LoggedRequest::getUrl)
        .isEqualTo("/jkstatus?mime=xml&opt=2");
  }

  @Test
  void sendsCredentialsAtOnce() throws Exception {
    answer(status());

    read(client, new Credentials("jo", "secret"));

    assertThat(requests())
        .singleElement()
        .extracting(request -> request.getHeader("Authorization"))
        .isEqualTo("Basic am86c2VjcmV0");
  }

  @ParameterizedTest
  @CsvSource({"401, DENIED", "403, DENIED", "404, HTTP", "500, HTTP", "503, HTTP", "204, HTTP"})
  void otherStatusIsAFailure(int httpStatus, FailureReason reason) throws Exception {
    answer(aResponse().withStatus(httpStatus).withBody(httpStatus == 204 ? null : "secret"));

    Reading.Failed failed = failed(read(client, null));

    assertThat(failed.reason()).isEqualTo(reason);
    assertThat(failed.detail()).contains("HTTP status " + httpStatus).doesNotContain("secret");
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    answer(aResponse().withStatus(302).withHeader("Location", "/other"));

    Reading.Failed failed = failed(read(client, new Credentials("jo", "secret")));

    assertThat(failed.reason()).isEqualTo(FailureReason.HTTP);
    assertThat(failed.detail()).contains("redirect");
    assertThat(requests()).hasSize(1);
  }

  @Test
  void htmlIsNoStatus() throws Exception {
    answer(
        aResponse()
            .withHeader("Content-Type", "text/html")
            .withBody("<html><body>It works!</body></html>"));

    assertThat(failed(read(client, null)).reason()).isEqualTo(FailureReason.PARSE);
  }

  @Test
  void slowServerIsATimeout() throws Exception {
    answer(status().withFixedDelay(60_000));

    Reading reading = client.read(url(), null, Duration.ofMillis(300));

    assertThat(reading)
        .isEqualTo(new Reading.Failed(FailureReason.TIMEOUT, "no whole answer within 0.3 s"));
  }

  @Test
  void answerOfExactlyTheLimitIsTaken() throws Exception {
    answer(status());
    int length = Captures.bytes("01-fresh-start.xml").length;

    assertThat(read(new StatusClient("main", TrustedCertificates.ofTheJvm(), length, true), null))
        .isInstanceOf(Reading.Understood.class);
    assertThat(
            failed(
                read(
                    new StatusClient("main", TrustedCertificates.ofTheJvm(), length - 1, true),
                    null)))
        .isEqualTo(
            new Reading.Failed(
                FailureReason.TRUNCATED,
                "the answer is longer than 10694 bytes; raise --max-bytes if it is right"));
  }

  @ParameterizedTest
  @CsvSource({"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE"})
  void connectionLostBeforeAnAnswer(Fault fault) throws Exception {
    answer(aResponse().withFault(fault));

    assertThat(failed(read(client, null)).reason()).isEqualTo(FailureReason.CONNECT);
  }

  private static ResponseDefinitionBuilder status() {
    return aResponse()
        .withHeader("Content-Type", "text/xml")
        .withBody(Captures.bytes("01-fresh-start.xml"));
  }

  private static StatusUrl url() {
    return StatusUrl.parse("http://127.0.0.1:%d/jkstatus".formatted(server.getPort()));
  }

  private static void answer(ResponseDefinitionBuilder response) {
    server.stubFor(get(anyUrl()).willReturn(response));
  }

  private static List<LoggedRequest> requests() {
    return server.findAll(
        com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor(anyUrl()));
  }

  private static Reading read(StatusClient client, @Nullable Credentials credentials)
      throws InterruptedException {
    return client.read(url(), credentials, LIMIT);
  }

  private static Reading.Failed failed(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Failed.class);
    return (Reading.Failed) reading;
  }
}
