package io.tribescope.exporter.command;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;

/** The exporter's command line. */
@Command(
    name = "tribescope-exporter",
    customSynopsis = "java -jar tribescope-exporter.jar [serve|version] [OPTIONS]",
    header = "Turns the status of mod_jk into Prometheus metrics.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class)
public final class Main {
  private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

  /**
   * The user and password of a URL, or of one whose scheme was left out, up to the last @: a
   * password may hold one.
   */
  private static final Pattern PASSWORD =
      Pattern.compile("(//|[\\w.%-]+:(?=[^\\s/])).*@", Pattern.DOTALL);

  private static final String EXAMPLE =
      """

      Each option can also be set by a system property or an environment variable: --max-bytes by
      -Dtribescope.exporter.max_bytes=N or TRIBESCOPE_EXPORTER_MAX_BYTES=N. The command line comes
      first, then the property. Several targets stand separated by commas.

      Exit codes: 1 the address cannot be listened on, 2 a bad option.

      Example:
        java -jar tribescope-exporter.jar --modjk main=http://127.0.0.1:8888/jkstatus
        curl 'http://127.0.0.1:9407/probe?target=main'
      """;

  private Main() {}

  /** Runs the command that the arguments name, and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(
        commandLine(System.getProperties(), System.getenv()).execute(withDefaultCommand(args)));
  }

  /** Without a command, {@code serve} is meant. */
  static String[] withDefaultCommand(String[] args) {
    boolean serve = args.length == 0 || (args[0].startsWith("-") && !OWN_OPTIONS.contains(args[0]));
    if (!serve) {
      return args;
    }
    String[] withCommand = new String[args.length + 1];
    withCommand[0] = "serve";
    System.arraycopy(args, 0, withCommand, 1, args.length);
    return withCommand;
  }

  static CommandLine commandLine(Properties properties, Map<String, String> environment) {
    OptionSources sources = new OptionSources(properties, environment);
    CommandLine serve = new CommandLine(new ServeCommand());
    CommandLine commandLine =
        new CommandLine(new Main()).addSubcommand(serve).addSubcommand(new VersionCommand());
    commandLine.setDefaultValueProvider(sources);
    commandLine.setUsageHelpWidth(100);
    commandLine.setParameterExceptionHandler(
        (e, args) -> {
          e.getCommandLine().getErr().println(line(e, args, sources));
          return CommandLine.ExitCode.USAGE;
        });
    commandLine
        .getHelpSectionMap()
        .put(
            UsageMessageSpec.SECTION_KEY_FOOTER,
            help -> "\nOptions of serve:\n" + serve.getHelp().optionList() + EXAMPLE);
    return commandLine;
  }

  /**
   * One line, which names the property or variable when the value came from there. What stands in
   * the wrong place is quoted, so it may be a URL with a password.
   */
  private static String line(ParameterException e, String[] args, OptionSources sources) {
    String source = source(e.getArgSpec(), args, sources);
    return "tribescope-exporter: %s%s; --help lists the options"
        .formatted(
            PASSWORD.matcher(e.getMessage()).replaceAll("$1***@"),
            source == null ? "" : " (from " + source + ")");
  }

  private static @Nullable String source(
      @Nullable ArgSpec argument, String[] args, OptionSources sources) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    for (String arg : args) {
      if (arg.split("=", 2)[0].equals(option.longestName())) {
        return null;
      }
    }
    return sources.sourceOf(option);
  }
}
