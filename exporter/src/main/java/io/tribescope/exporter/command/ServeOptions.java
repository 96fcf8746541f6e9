package io.tribescope.exporter.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code serve}. */
final class ServeOptions {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on; the default is reachable from this host only.")
  String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9407",
      converter = Bounds.Port.class,
      description = "Port to listen on; 0 takes a free one.")
  int port = 9407;

  @Option(
      names = "--modjk",
      paramLabel = "ALIAS=URL",
      split = ",",
      converter = ModJkTarget.Converter.class,
      description = {
        "A mod_jk status worker, as main=http://127.0.0.1:8888/jkstatus; may be repeated.",
        "Prometheus names it by the alias: /probe?target=main"
      })
  List<ModJkTarget> targets = new ArrayList<>();

  @Option(
      names = "--modjk-auth",
      paramLabel = "ALIAS=FILE",
      split = ",",
      converter = ModJkAuth.Converter.class,
      description = {
        "HTTP Basic for a target: a file whose first line is user:password,",
        "or ALIAS=env:VARIABLE for an environment variable that holds it."
      })
  List<ModJkAuth> auth = new ArrayList<>();

  @Option(
      names = "--modjk-ca-file",
      paramLabel = "PEM",
      description =
          "Certificates to trust for https targets, instead of those that Java trusts. There is no"
              + " option to trust any.")
  @Nullable Path caFile;

  @Option(
      names = "--modjk-no-mappings",
      description =
          "Do not ask for URI mappings: smaller answers, and a raw & in a JkMount, which mod_jk"
              + " does not escape, does no harm. modjk_mapping_info is then absent.")
  boolean noMappings;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      converter = Bounds.Seconds.class,
      description =
          "Limit of one probe; less when Prometheus' scrape timeout, less 0.5 s, is shorter.")
  Duration timeout = Duration.ofSeconds(10);

  @Option(
      names = "--max-bytes",
      paramLabel = "BYTES",
      defaultValue = "16777216",
      converter = Bounds.Bytes.class,
      description = "Longest answer of a target; a status takes about 1 KB a worker.")
  int maxBytes = 16_777_216;

  @Option(
      names = "--max-probes",
      paramLabel = "NUMBER",
      defaultValue = "8",
      converter = Bounds.Probes.class,
      description = "Probes at once; further ones are refused with status 503.")
  int maxProbes = 8;
}
