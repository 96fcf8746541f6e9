package io.tribescope.exporter.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {
  private static final String TARGET = "--modjk main=http://127.0.0.1:1/jkstatus ";

  @TempDir private Path directory = Path.of("");

  private record Run(int exitCode, String out, String err) {}

  @ParameterizedTest
  @CsvSource({
    "'', serve",
    "--port 1, serve --port 1",
    "serve --port 1, serve --port 1",
    "version, version",
    "--help, --help",
    "-V, -V"
  })
  void serveIsTheDefault(String given, String meant) {
    assertThat(Main.withDefaultCommand(words(given))).containsExactly(words(meant));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no target: give one, as in --modjk main=http://127.0.0.1:8888/jkstatus",
        "status | Unmatched argument at index 0: 'status'",
        "--no-such-option | Unknown option: '--no-such-option'",
        "--port 70000 | '70000' is not a whole number from 0 to 65535",
        "--port http | 'http' is not a whole number from 0 to 65535",
        "--port | Missing required parameter for option '--port' (PORT)",
        "--timeout 0 | '0' is not a number of seconds from 0.1 to 120",
        "--timeout 121 | '121' is not a number of seconds from 0.1 to 120",
        "--timeout 10s | '10s' is not a number of seconds from 0.1 to 120",
        "--max-bytes 1 | '1' is not a whole number from 1024 to 268435456",
        "--max-probes 0 | '0' is not a whole number from 1 to 64",
        "--modjk http://127.0.0.1/jkstatus | expected ALIAS=URL, as in main=http",
        "--modjk a/b=http://127.0.0.1/jkstatus | expected ALIAS=URL, as in main=http",
        "--modjk main=127.0.0.1/jkstatus | main: the URL must begin with http:// or https://",
        "--modjk main=http://h/s?mime=xml | main: leave out what follows ? or #",
        "--modjk a=http://h/s --modjk a=http://i/s | --modjk: the alias a is given twice",
        "--modjk a=http://h/s --modjk-auth b=env:PATH | there is no --modjk with the alias b",
        "--modjk a=http://h/s --modjk-auth a=/no/such/file | cannot read the file /no/such/file",
        "--modjk a=http://h/s --modjk-auth a=env:NO_SUCH_VARIABLE | has no such variable",
        "--modjk a=http://h/s --modjk-auth a | expected ALIAS=FILE or ALIAS=env:VARIABLE",
        "--modjk a=http://h/s --modjk-ca-file /no/such | --modjk-ca-file: cannot read /no/such",
        "--modjk a=http://h/s --host no-such-host.invalid | is no address of this host"
      })
  void badOptionGetsOneClearLine(String arguments, String message) {
    Run run = run(Map.of(), arguments);

    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err)
        .startsWith("tribescope-exporter: ")
        .contains(message)
        .endsWith("; --help lists the options\n")
        .hasLineCount(1);
    assertThat(run.out).isEmpty();
  }

  @Test
  void credentialsMustBelongToOneTarget() throws Exception {
    Path file = Files.writeString(directory.resolve("jk"), "jo:secret\n");

    assertThat(run(Map.of(), TARGET + "--modjk-auth other=" + file).err)
        .contains("--modjk-auth: there is no --modjk with the alias other");
    assertThat(
            run(Map.of(), "--modjk main=http://jo:secret@127.0.0.1/s --modjk-auth main=" + file)
                .err)
        .contains("--modjk-auth: main has a password already")
        .doesNotContain("secret");
  }

  @Test
  void passwordsAreNeverPrinted() throws Exception {
    Path file = Files.writeString(directory.resolve("jk"), "topsecret\n");

    assertThat(run(Map.of(), TARGET + "--modjk-auth main=" + file).err)
        .contains("expected one line \"user:password\"")
        .doesNotContain("topsecret");
    assertThat(run(Map.of(), "--modjk main=http://jo:topsecret@h/s?x").err)
        .contains("main: leave out")
        .doesNotContain("topsecret");
    assertThat(run(Map.of(), "--modjk jo:topsecret@h/s").err)
        .contains("expected ALIAS=URL")
        .doesNotContain("topsecret");
  }

  /** What is in the wrong place is quoted, but for a password. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--modkj=main=http://jo:topsecret@h/s" + " | Unknown option: '--modkj=main=http://***@h/s'",
        "serve main=https://jo:top@topsecret@h/s"
            + " | Unmatched argument at index 1: 'main=https://***@h/s'",
        "http://jo:topsecret@h/s" + " | Unmatched argument at index 0: 'http://***@h/s'",
        "jo:topsecret@h/s | Unmatched argument at index 0: 'jo:***@h/s'",
        "--port http://jo:topsecret@h/s | 'http://***@h/s' is not a whole number",
        "--modjk a=http://h/s --modjk-auth a=http://jo:topsecret@h/s"
            + " | cannot read the file http://***@h/s",
        "--modjk a=http://h/s --host http://jo:topsecret@h | 'http://***@h' is no address"
      })
  void whatIsQuotedHoldsNoPassword(String arguments, String message) {
    Run run = run(Map.of(), arguments);

    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains(message).doesNotContain("topsecret");
  }

  @Test
  void badVariableIsNamed() {
    assertThat(run(Map.of("TRIBESCOPE_EXPORTER_MAX_BYTES", "many"), TARGET).err)
        .contains("'many' is not a whole number")
        .contains("(from TRIBESCOPE_EXPORTER_MAX_BYTES)");
  }

  @Test
  void sourcesHaveAnOrder() {
    Map<String, String> environment =
        Map.of(
            "TRIBESCOPE_EXPORTER_PORT", "1001",
            "TRIBESCOPE_EXPORTER_TIMEOUT", "3",
            "TRIBESCOPE_EXPORTER_MODJK", "a=http://h/a,b=http://h/b",
            "TRIBESCOPE_EXPORTER_MODJK_NO_MAPPINGS", "true",
            "TRIBESCOPE_HOST", "192.0.2.1");
    Properties properties = new Properties();
    properties.setProperty("tribescope.exporter.port", "1002");
    properties.setProperty("tribescope.exporter.max_bytes", "5000");

    ServeOptions options = parse(properties, environment, "--max-bytes 6000");

    assertThat(options.maxBytes).isEqualTo(6000);
    assertThat(options.port).isEqualTo(1002);
    assertThat(options.timeout).hasSeconds(3);
    assertThat(options.noMappings).isTrue();
    assertThat(options.targets).extracting(ModJkTarget::alias).containsExactly("a", "b");
    assertThat(options.host).isEqualTo("127.0.0.1");
  }

  @Test
  void defaultsAreThoseOfTheDocumentation() {
    ServeOptions options = parse(new Properties(), Map.of(), "");

    assertThat(options.host).isEqualTo("127.0.0.1");
    assertThat(options.port).isEqualTo(9407);
    assertThat(options.timeout).hasSeconds(10);
    assertThat(options.maxBytes).isEqualTo(16 * 1024 * 1024);
    assertThat(options.maxProbes).isEqualTo(8);
    assertThat(options.noMappings).isFalse();
    assertThat(options.caFile).isNull();
    assertThat(options.targets).isEmpty();
  }

  @Test
  void kubernetesServiceVariableIsIgnored() {
    Map<String, String> environment = Map.of("TRIBESCOPE_EXPORTER_PORT", "tcp://10.96.0.17:9407");

    assertThat(parse(new Properties(), environment, "").port).isEqualTo(9407);
  }

  @Test
  void helpShowsCommandsAndEveryOption() {
    Run run = run(Map.of(), "--help");

    assertThat(run.exitCode).isZero();
    assertThat(run.out)
        .contains("serve", "version", "--host", "--port", "--modjk", "--modjk-auth")
        .contains("--modjk-ca-file", "--modjk-no-mappings", "--timeout", "--max-bytes")
        .contains("--max-probes", "Default: 9407", "/probe?target=main");
  }

  @Test
  void documentationHasEveryOption() throws Exception {
    String documentation =
        Files.readString(Path.of(System.getProperty("tribescope.root"), "docs", "exporter.md"));

    assertThat(Main.commandLine(new Properties(), Map.of()).getSubcommands().get("serve"))
        .satisfies(
            serve ->
                assertThat(serve.getCommandSpec().options())
                    .filteredOn(option -> !option.usageHelp() && !option.versionHelp())
                    .hasSize(9)
                    .allSatisfy(
                        option -> {
                          assertThat(documentation).contains("\n|`" + option.longestName());
                          if (option.defaultValue() != null && option.arity().max() > 0) {
                            assertThat(documentation).contains("`|" + option.defaultValue() + "|");
                          }
                        }));
  }

  @Test
  void printsItsVersion() {
    assertThat(run(Map.of(), "version").out)
        .isEqualTo(
            "tribescope-exporter development (Java %s)\n"
                .formatted(System.getProperty("java.version")));
  }

  private static ServeOptions parse(
      Properties properties, Map<String, String> environment, String arguments) {
    CommandLine commandLine = Main.commandLine(properties, environment);
    CommandLine.ParseResult parsed =
        commandLine.parseArgs(Main.withDefaultCommand(words(arguments)));
    return (ServeOptions)
        parsed.subcommand().commandSpec().mixins().values().stream()
            .map(CommandLine.Model.CommandSpec::userObject)
            .filter(ServeOptions.class::isInstance)
            .findFirst()
            .orElseThrow();
  }

  private static Run run(Map<String, String> environment, String arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Main.commandLine(new Properties(), environment)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(Main.withDefaultCommand(words(arguments)));
    return new Run(exitCode, out.toString(), err.toString());
  }

  private static String[] words(String line) {
    return line.isBlank() ? new String[0] : line.strip().split(" +");
  }
}
