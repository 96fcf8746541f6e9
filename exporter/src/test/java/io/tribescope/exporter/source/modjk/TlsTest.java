package io.tribescope.exporter.source.modjk;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.tribescope.exporter.Captures;
import io.tribescope.exporter.model.FailureReason;
import io.tribescope.exporter.model.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate of its own, made for the name localhost. */
class TlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir static Path directory;
  private static WireMockServer server = new WireMockServer();
  private static Path certificate = Path.of("");

  @BeforeAll
  static void start() throws Exception {
    Path store = directory.resolve("keys.p12");
    keytool(
        "-genkeypair -alias own -keyalg EC -validity 2 -dname CN=test -ext san=dns:localhost"
            + " -storetype PKCS12 -keystore "
            + store);
    certificate = directory.resolve("own.pem");
    keytool("-exportcert -rfc -alias own -keystore " + store + " -file " + certificate);
    server =
        new WireMockServer(
            wireMockConfig()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .dynamicHttpsPort()
                .keystoreType("PKCS12")
                .keystorePath(store.toString())
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD));
    server.start();
    server.stubFor(
        get(anyUrl()).willReturn(aResponse().withBody(Captures.bytes("01-fresh-start.xml"))));
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @Test
  void strangersCertificateIsRefused() throws Exception {
    StatusClient client = new StatusClient("main", TrustedCertificates.ofTheJvm(), 20_000, true);
    int before = requests();

    assertThat(reason(read(client, "localhost", server.httpsPort()))).isEqualTo(FailureReason.TLS);
    assertThat(requests()).isEqualTo(before);
  }

  @Test
  void certificateOfTheFileIsTrusted() throws Exception {
    StatusClient client =
        new StatusClient("main", TrustedCertificates.in(certificate), 20_000, true);

    assertThat(read(client, "localhost", server.httpsPort()))
        .isInstanceOf(Reading.Understood.class);
  }

  @Test
  void certificateOfAnotherNameIsRefused() throws Exception {
    StatusClient client =
        new StatusClient("main", TrustedCertificates.in(certificate), 20_000, true);

    assertThat(reason(read(client, "127.0.0.1", server.httpsPort()))).isEqualTo(FailureReason.TLS);
  }

  @Test
  void plainHttpBehindAnHttpsUrlIsATlsFailure() throws Exception {
    StatusClient client = new StatusClient("main", TrustedCertificates.ofTheJvm(), 20_000, true);

    assertThat(reason(read(client, "localhost", server.port()))).isEqualTo(FailureReason.TLS);
  }

  @Test
  void fileWithoutCertificateIsRefused() throws Exception {
    Path empty = Files.createFile(directory.resolve("empty.pem"));
    Path text = Files.writeString(directory.resolve("text.pem"), "no certificate");

    assertThatThrownBy(() -> TrustedCertificates.in(empty))
        .hasMessage(empty + " holds no certificate in PEM form");
    assertThatThrownBy(() -> TrustedCertificates.in(text))
        .hasMessage(text + " holds no certificate in PEM form");
    assertThatThrownBy(() -> TrustedCertificates.in(directory.resolve("none")))
        .hasMessage("cannot read " + directory.resolve("none"));
  }

  private static int requests() {
    return server.countRequestsMatching(anyRequestedFor(anyUrl()).build()).getCount();
  }

  private static Reading read(StatusClient client, String host, int port)
      throws InterruptedException {
    return client.read(
        StatusUrl.parse("https://%s:%d/jkstatus".formatted(host, port)),
        null,
        Duration.ofSeconds(20));
  }

  private static FailureReason reason(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Failed.class);
    return ((Reading.Failed) reading).reason();
  }

  private static void keytool(String arguments) throws Exception {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String command = tool + " " + arguments + " -storepass " + PASSWORD;
    Process process = new ProcessBuilder(command.split(" ")).inheritIO().start();
    assertThat(process.waitFor()).as(command).isZero();
  }
}
