package io.tribescope.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @TempDir Path directory;

  private final Properties properties = new Properties();
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> complaints = new ArrayList<>();

  @Test
  void withoutAnyTheDefaultsHold() {
    Options options = read("");
    assertThat(options.host()).isEqualTo("127.0.0.1");
    assertThat(options.port()).isEqualTo(9406);
    assertThat(options.probe()).isTrue();
    assertThat(complaints).isEmpty();
  }

  @Test
  void theFlagBeatsThePropertyBeatsTheEnvironmentBeatsTheFile() throws IOException {
    String file = file("port: 9001\n");
    assertThat(read(file).port()).isEqualTo(9001);
    environment.put("TRIBESCOPE_PORT", "9002");
    assertThat(read(file).port()).isEqualTo(9002);
    properties.setProperty("tribescope.port", "9003");
    assertThat(read(file).port()).isEqualTo(9003);
    assertThat(read("port=9004").port()).isEqualTo(9004);
    assertThat(complaints).isEmpty();
  }

  @Test
  void aServicesInjectedPortIsNoOption() throws IOException {
    environment.put("TRIBESCOPE_PORT", "tcp://10.96.0.17:9406");
    assertThat(read("").port()).isEqualTo(9406);
    assertThat(read(file("port: 9001\n")).port()).isEqualTo(9001);
    assertThat(complaints).isEmpty();
  }

  @Test
  void everyOptionCanBeGivenInOneFlag() {
    Options options =
        read(
            "host=localhost, port=0 ,cluster=shop,expected_members=3,probe=FALSE,"
                + "member_series_limit=0");
    assertThat(options.host()).isEqualTo("localhost");
    assertThat(options.port()).isZero();
    assertThat(options.probe()).isFalse();
    assertThat(complaints).isEmpty();
  }

  @Test
  void everyOptionCanBeGivenInAFile() throws IOException {
    Options options =
        read(
            file(
                """
                host: ::1
                port: 65535
                cluster: shop
                expected_members: 3
                probe: false
                member_series_limit: 1000
                """));
    assertThat(options.host()).isEqualTo("::1");
    assertThat(options.port()).isEqualTo(65535);
    assertThat(options.probe()).isFalse();
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "port, -1, 9406",
    "port, 65536, 9406",
    "port, 94o6, 9406",
    "port, 99999999999999999999, 9406",
    "probe, yes, true",
    "expected_members, 0, none",
    "expected_members, 1001, none",
    "member_series_limit, -1, 50",
    "member_series_limit, 1001, 50",
    "host, [::zz], 127.0.0.1",
  })
  void aBadValueGivesOneLineAndTheDefault(String key, String value, String defaultValue) {
    Options options = read(key + "=" + value);
    assertThat(options.host()).isEqualTo("127.0.0.1");
    assertThat(options.port()).isEqualTo(9406);
    assertThat(options.probe()).isTrue();
    assertThat(theOnlyLine())
        .startsWith("option " + key + "=" + value + " (agent flag) is not usable: it takes ")
        .endsWith("; using " + defaultValue);
  }

  @Test
  void whatIsGivenEmptyIsNotGiven() {
    Options options = read("port=,cluster=");
    assertThat(options.port()).isEqualTo(9406);
    assertThat(complaints).isEmpty();
  }

  @Test
  void aComplaintNamesWhereTheValueStands() throws IOException {
    properties.setProperty("tribescope.port", "x");
    read("");
    assertThat(theOnlyLine()).contains("port=x (system property tribescope.port)");

    properties.clear();
    complaints.clear();
    environment.put("TRIBESCOPE_MEMBER_SERIES_LIMIT", "x");
    read("");
    assertThat(theOnlyLine())
        .contains("member_series_limit=x (environment variable TRIBESCOPE_MEMBER_SERIES_LIMIT)");

    environment.clear();
    complaints.clear();
    String file = file("port: x\n");
    read(file);
    assertThat(theOnlyLine()).contains("port=x (" + file + ")");
  }

  @Test
  void anUnknownOptionGivesOneLineWithThoseThatThereAre() {
    assertThat(read("prot=9500").port()).isEqualTo(9406);
    assertThat(theOnlyLine())
        .isEqualTo(
            "option 'prot' (agent flag) is not known, and is ignored; options: host, port,"
                + " cluster, expected_members, probe, tracked_sessions, member_series_limit");
  }

  @Test
  void aWordThatIsNoOptionGivesOneLineAndTheRestHolds() {
    assertThat(read("quiet,port=9500,,").port()).isEqualTo(9500);
    assertThat(theOnlyLine())
        .startsWith("'quiet' (agent flag) is not key=value, and is ignored; options: host, port");
  }

  @Test
  void aMissingFileGivesOneLineAndTheDefaults() {
    String missing = directory.resolve("missing.yml").toString();
    assertThat(read(missing).port()).isEqualTo(9406);
    assertThat(theOnlyLine())
        .startsWith("the file " + missing + " cannot be read (")
        .endsWith("; the defaults are used");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port: [",
        "port: 9001\nport: 9002\n",
        "\tport: 9001",
        "a: *nowhere",
        "\u0000",
        "!!java/x y"
      })
  void aBrokenFileGivesOneLineAndTheDefaults(String content) throws IOException {
    assertThat(read(file(content)).port()).isEqualTo(9406);
    assertThat(theOnlyLine()).contains("tribescope.yml").doesNotContain("\n");
  }

  @Test
  void aFileThatIsNoListOfOptionsGivesOneLine() throws IOException {
    read(file("- port\n- host\n"));
    assertThat(theOnlyLine()).contains("is not a list of 'key: value'");
  }

  @Test
  void anEmptyFileIsNoMistake() throws IOException {
    assertThat(read(file("# nothing yet\n")).port()).isEqualTo(9406);
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.3.2.1", "::1", "localhost"})
  void loopbackNeedsNoWarning(String host) {
    assertThat(read("host=" + host).host()).isEqualTo(host);
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7"})
  void anOpenAddressIsTakenAndWarnedOf(String host) {
    assertThat(read("host=" + host).host()).isEqualTo(host);
    assertThat(theOnlyLine()).startsWith("host=" + host).contains("without authentication");
  }

  private Options read(String flag) {
    return Options.of(
        new OptionSources(flag, properties, environment, complaints::add), complaints::add);
  }

  private String file(String content) throws IOException {
    return Files.writeString(directory.resolve("tribescope.yml"), content).toString();
  }

  private String theOnlyLine() {
    assertThat(complaints).hasSize(1);
    assertThat(complaints.get(0)).doesNotContain("\n").doesNotContain("\r");
    return complaints.get(0);
  }
}
