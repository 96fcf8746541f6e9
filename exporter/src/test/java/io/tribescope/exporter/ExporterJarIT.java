package io.tribescope.exporter;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The finished jar in a process of its own; mod_jk is a fake here, which replays captures. */
class ExporterJarIT {
  private static final String CAPTURE = "02-ok-traffic-disabled-stopped-shared-node1.xml";

  @RegisterExtension
  static final WireMockExtension modjk =
      WireMockExtension.newInstance()
          .options(wireMockConfig().bindAddress("127.0.0.1").dynamicPort())
          .build();

  @TempDir private Path directory = Path.of("");

  @Test
  void servesFromOneJar() throws Exception {
    modjk.stubFor(get(anyUrl()).willReturn(aResponse().withBody(Captures.bytes(CAPTURE))));

    try (Exporter exporter = Exporter.start(directory, "--modjk=main=" + url())) {
      assertThat(exporter.get("/probe?target=main"))
          .contains("\nmodjk_up 1.0\n")
          .contains("\nmodjk_worker_requests_total{worker=\"node1\"} 16.0\n");
      assertThat(exporter.get("/metrics")).contains("tribescope_exporter_build_info{");
      assertThat(exporter.get("/-/healthy")).isEqualTo("healthy\n");
      assertThat(exporter.get("/-/ready")).isEqualTo("ready\n");
      // 143 is 128 + SIGTERM: ended by the signal, after its shutdown hooks.
      assertThat(exporter.terminate()).isEqualTo(143);
    }
  }

  @Test
  void logsATargetsChangesAndNothingOfItsAnswers() throws Exception {
    modjk.stubFor(
        get(anyUrl()).willReturn(aResponse().withBody("<html>private words of the page</html>")));
    Path password = Files.writeString(directory.resolve("jk"), "jo:topsecret\n");

    try (Exporter exporter =
        Exporter.start(directory, "--modjk=main=" + url(), "--modjk-auth=main=" + password)) {
      for (int i = 0; i < 3; i++) {
        assertThat(exporter.get("/probe?target=main"))
            .contains("modjk_scrape_failure{reason=\"parse\"} 1.0\n");
      }

      assertThat(exporter.log())
          .containsOnlyOnce("Target main: the answer is HTML")
          .doesNotContain("private words", "topsecret");
    }
    assertThat(modjk.findAll(anyRequestedFor(anyUrl())))
        .extracting(request -> request.getHeader("Authorization"))
        .containsOnly("Basic am86dG9wc2VjcmV0");
  }

  /** Else a few such clients would take all threads. */
  @Test
  void hangsUpOnAClientThatNeverFinishesItsRequest() throws Exception {
    try (Exporter exporter = Exporter.start(directory, "--modjk=main=" + url());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), exporter.port())) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write("GET /metrics HTTP/1.1\r\nHost: x\r\nX-Never".getBytes(StandardCharsets.UTF_8));
      out.flush();

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void takenPortIsOneClearLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run = run("--modjk=main=" + url(), "--port=" + taken.getLocalPort());

      assertThat(run.exitCode).isEqualTo(1);
      assertThat(run.output)
          .isEqualTo(
              "tribescope-exporter: cannot listen on 127.0.0.1 port %d (Address already in use);"
                      .formatted(taken.getLocalPort())
                  + " choose another --host or --port\n");
    }
  }

  @Test
  void badOptionEndsWithCode2() throws Exception {
    Run run = run("--prot=1");

    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.output)
        .isEqualTo("tribescope-exporter: Unknown option: '--prot=1'; --help lists the options\n");
  }

  /** In a JVM of its own, which keeps the stores that it read first. */
  @ParameterizedTest
  @ValueSource(strings = {"javax.net.ssl.keyStore", "javax.net.ssl.trustStore"})
  void unusableStoreIsOneClearLineWhereItIsUsed(String property) throws Exception {
    Path store = Files.writeString(directory.resolve("store"), "no store");
    String option = "-D" + property + "=" + store;

    Run run = run(List.of(option), "--modjk=main=https://127.0.0.1:1/jkstatus", "--port=0");

    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.output)
        .isEqualTo(
            "tribescope-exporter: https: Java cannot use %s; the file must be there, and its"
                    .formatted(option)
                + " password and type right; --help lists the options\n");
    try (Exporter exporter = Exporter.start(directory, List.of(option), "--modjk=main=" + url())) {
      assertThat(exporter.get("/-/ready")).isEqualTo("ready\n");
    }
  }

  @Test
  void tellsItsVersion() throws Exception {
    assertThat(run("version").output)
        .matches("tribescope-exporter \\d+\\.\\d+\\.\\d+\\S* \\(Java \\S+\\)\n");
  }

  @Test
  void carriesLicencesAndNothingTwice() throws Exception {
    try (JarFile jar = new JarFile(Exporter.JAR.toFile())) {
      List<String> names = jar.stream().map(JarEntry::getName).toList();

      assertThat(names).doesNotHaveDuplicates();
      assertThat(names)
          .contains(
              "META-INF/LICENSE",
              "META-INF/NOTICE",
              "META-INF/licenses/slf4j.txt",
              "META-INF/licenses/protobuf.txt");
      Set<String> packages =
          names.stream()
              .filter(name -> name.endsWith(".class"))
              .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
              .map(name -> name.replaceFirst("^(\\w+/\\w+)/.*", "$1"))
              .map(name -> name.replaceFirst("^picocli/.*", "picocli"))
              .collect(Collectors.toSet());
      // A further library must bring its licence to META-INF/NOTICE.
      assertThat(packages)
          .containsExactlyInAnyOrder("io/tribescope", "io/prometheus", "org/slf4j", "picocli");
    }
  }

  private record Run(int exitCode, String output) {}

  private static Run run(String... arguments) throws Exception {
    return run(List.of(), arguments);
  }

  private static Run run(List<String> jvm, String... arguments) throws Exception {
    Process process = Exporter.command(jvm, List.of(arguments)).redirectErrorStream(true).start();
    try {
      // What it may say before it ends fits into the pipe.
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Run(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String url() {
    return "http://127.0.0.1:%d/jkstatus".formatted(modjk.getPort());
  }
}
