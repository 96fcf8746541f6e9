package io.tribescope.exporter.command;

import io.tribescope.exporter.http.ExporterServer;
import io.tribescope.exporter.http.ProbeTarget;
import io.tribescope.exporter.source.modjk.Credentials;
import io.tribescope.exporter.source.modjk.StatusClient;
import io.tribescope.exporter.source.modjk.TrustedCertificates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the options against each other, wires sources to the server, and starts it. */
final class Serve {
  private static final Logger logger = LoggerFactory.getLogger(Serve.class);

  private Serve() {}

  /**
   * @throws BadOptionsException when the options cannot be meant
   * @throws IOException when the address cannot be listened on
   */
  static ExporterServer start(ServeOptions options) throws BadOptionsException, IOException {
    List<ProbeTarget> targets = targets(options);
    InetSocketAddress address = new InetSocketAddress(options.host, options.port);
    if (address.isUnresolved()) {
      throw new BadOptionsException(
          "--host: '%s' is no address of this host and no name that is known"
              .formatted(options.host));
    }
    ExporterServer server =
        ExporterServer.start(
            address, Version.current(), targets, options.timeout, options.maxProbes);
    InetSocketAddress bound = server.address();
    if (!bound.getAddress().isLoopbackAddress()) {
      logger.warn(
          "Listens on {}, without authentication: whoever reaches it sees the balancers' state."
              + " Limit it by a firewall, or bind with --host 127.0.0.1",
          bound.getAddress().getHostAddress());
    }
    logger.info(
        "{} serves http://{}:{}/probe?target=ALIAS for {}",
        Version.line(),
        options.host.contains(":") ? "[" + options.host + "]" : options.host,
        bound.getPort(),
        targets.stream().map(ProbeTarget::alias).collect(Collectors.joining(", ")));
    return server;
  }

  private static List<ProbeTarget> targets(ServeOptions options) throws BadOptionsException {
    if (options.targets.isEmpty()) {
      throw new BadOptionsException(
          "no target: give one, as in --modjk main=http://127.0.0.1:8888/jkstatus");
    }
    Map<String, Credentials> credentials = credentials(options);
    SSLContext tls = tls(options);
    List<ProbeTarget> targets = new ArrayList<>();
    for (ModJkTarget target : options.targets) {
      Credentials own = credentials.get(target.alias());
      warn(target, own != null);
      StatusClient client =
          new StatusClient(target.alias(), tls, options.maxBytes, !options.noMappings);
      targets.add(new ProbeTarget(target.alias(), limit -> client.read(target.url(), own, limit)));
    }
    return targets;
  }

  private static Map<String, Credentials> credentials(ServeOptions options)
      throws BadOptionsException {
    Map<String, ModJkTarget> byAlias = new LinkedHashMap<>();
    Map<String, Credentials> credentials = new LinkedHashMap<>();
    for (ModJkTarget target : options.targets) {
      if (byAlias.put(target.alias(), target) != null) {
        throw new BadOptionsException(
            "--modjk: the alias %s is given twice".formatted(target.alias()));
      }
      if (target.url().credentials() != null) {
        credentials.put(target.alias(), target.url().credentials());
      }
    }
    for (ModJkAuth auth : options.auth) {
      if (!byAlias.containsKey(auth.alias())) {
        throw new BadOptionsException(
            "--modjk-auth: there is no --modjk with the alias %s".formatted(auth.alias()));
      }
      if (credentials.put(auth.alias(), auth.credentials()) != null) {
        throw new BadOptionsException(
            "--modjk-auth: %s has a password already, in its URL or by another --modjk-auth"
                .formatted(auth.alias()));
      }
    }
    return credentials;
  }

  private static SSLContext tls(ServeOptions options) throws BadOptionsException {
    try {
      if (options.caFile != null) {
        return TrustedCertificates.in(options.caFile);
      }
    } catch (IllegalArgumentException e) {
      throw new BadOptionsException("--modjk-ca-file: " + e.getMessage());
    }
    if (options.targets.stream().noneMatch(target -> target.url().isHttps())) {
      return TrustedCertificates.none();
    }
    try {
      return TrustedCertificates.ofTheJvm();
    } catch (IllegalArgumentException e) {
      throw new BadOptionsException("https: " + e.getMessage());
    }
  }

  private static void warn(ModJkTarget target, boolean hasPassword) {
    if (target.url().credentials() != null) {
      logger.warn(
          "Target {}: the password in the URL is seen by every user of this host; put it into a"
              + " file and use --modjk-auth",
          target.alias());
    }
    if (target.url().isOpenToTheNetwork()) {
      logger.warn(
          "Target {}: plain http to another host; the status{} can be read and changed on the way,"
              + " use https",
          target.alias(),
          hasPassword ? " and the password" : "");
    }
  }
}
