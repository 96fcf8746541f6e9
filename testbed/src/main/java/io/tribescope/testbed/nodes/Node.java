package io.tribescope.testbed.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import io.tribescope.testbed.clients.Endpoint;
import io.tribescope.testbed.clients.Http;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.machine.Finished;
import io.tribescope.testbed.machine.Guardian;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Tomcat on a host of its own.
 *
 * <p>The questions about the node ({@link #members}, {@link #sessionCount}, {@link #peek}) are
 * requests without a session to its application, so they replicate nothing.
 */
public final class Node extends JvmNode implements Endpoint {
  // Tomcat's own scripts' flags.
  private static final List<String> FLAGS =
      List.of(
          "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");

  private static final String LOGGING =
      """
      handlers = java.util.logging.ConsoleHandler
      .handlers = java.util.logging.ConsoleHandler
      .level = INFO
      java.util.logging.ConsoleHandler.level = ALL
      java.util.logging.ConsoleHandler.formatter = org.apache.juli.OneLineFormatter
      java.util.logging.ConsoleHandler.encoding = UTF-8
      """;

  private final NodeSpec spec;
  private final TomcatHome home;
  private final Path base;

  Node(Guardian guardian, NodeSpec spec, TomcatHome home, Path base) {
    super(guardian, spec, base, base.resolve("logs").resolve("tomcat.log"));
    this.spec = spec;
    this.home = home;
    this.base = base;
  }

  void configure(String serverXml, List<Path> libraries) {
    try {
      for (String directory : List.of("conf", "lib", "logs", "temp", "webapps", "work")) {
        Files.createDirectories(base.resolve(directory));
      }
      for (String file : List.of("web.xml", "context.xml", "catalina.properties")) {
        Files.copy(home.file("conf/" + file), base.resolve("conf/" + file));
      }
      for (Path library : libraries) {
        Files.copy(library, base.resolve("lib").resolve(library.getFileName()));
      }
      Files.writeString(base.resolve("conf/logging.properties"), LOGGING);
      Files.writeString(base.resolve("conf/server.xml"), serverXml);
      writeClock();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the files of " + name(), e);
    }
  }

  int ajpPort() {
    return spec.ajpPort();
  }

  /** What the node announces to the cluster: {@code address:port} of its receiver. */
  public String member() {
    return address() + ":" + spec.receiverPort();
  }

  /** Its catalina.base. */
  public Path base() {
    return base;
  }

  @Override
  public URI application() {
    return URI.create("http://%s:%d%s".formatted(address(), spec.httpPort(), spec.contextPath()));
  }

  /** The application as Tomcat names its context, host and path: {@code localhost/app}. */
  public String context() {
    return "localhost" + spec.contextPath();
  }

  @Override
  protected boolean isReady(String output) {
    return output.contains("Server startup in");
  }

  /**
   * Runs another command of Tomcat's scripts ({@code configtest}, {@code stop}, {@code version})
   * with the flags, the agent and the environment of this node, and waits for its end.
   */
  public Finished run(String command) {
    return finish(command(command));
  }

  @Override
  protected List<String> command() {
    return command("start");
  }

  private List<String> command(String action) {
    List<String> flags = new ArrayList<>(FLAGS);
    flags.add("-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"));
    flags.add("-Dcatalina.home=" + home.path());
    flags.add("-Dcatalina.base=" + base);
    flags.add("-Djava.io.tmpdir=" + base.resolve("temp"));
    List<String> command = java(flags);
    command.add("-cp");
    if (action.equals("version")) {
      command.add(home.file("lib/catalina.jar").toString());
      command.add("org.apache.catalina.util.ServerInfo");
    } else {
      command.add(home.file("bin/bootstrap.jar") + ":" + home.file("bin/tomcat-juli.jar"));
      command.add("org.apache.catalina.startup.Bootstrap");
      command.add(action);
    }
    return command;
  }

  /** The addresses ({@code host:port}) of the members that this node sees, itself left out. */
  public Set<String> members() {
    Set<String> members = new TreeSet<>();
    ask("/members").path("members").forEach(member -> members.add(member.asText()));
    members.remove(member());
    return members;
  }

  /**
   * Whether its heartbeats' service, too, has forgotten a node that was killed. A member that a
   * failed send has dropped from the view is still known there until dropTime is over. When another
   * process answers at its address before, Tomcat takes that for the old one and puts it into the
   * view again, for as long as that process lives.
   */
  boolean hasForgotten(Node killed) {
    boolean forgotten = true;
    for (String line : output().split("\n", -1)) {
      if (line.contains(killed.inTomcatsLog())) {
        if (line.contains("Replication member added")) {
          forgotten = false;
        } else if (line.contains("[Membership-MemberExpired")
            && line.contains("Verification complete")) {
          forgotten = true;
        }
      }
    }
    return forgotten;
  }

  /** Its address as Tomcat logs a member's. */
  private String inTomcatsLog() {
    return "tcp://{%s}:%d".formatted(address().replace(".", ", "), spec.receiverPort());
  }

  /** How many sessions this node holds, its own and replicas. */
  public int sessionCount() {
    return Integer.parseInt(ask("/count").path("value").asText());
  }

  /** Whether this node holds the session, looked at without a request to it. */
  public boolean holds(Session session) {
    return ask("/peek?k=any&id=" + Http.encode(session.id())).path("held").asBoolean();
  }

  /**
   * The attribute as this node holds it, looked at without a request to the session; null when the
   * node has no such session or the session no such attribute.
   */
  public @Nullable String peek(Session session, String key) {
    String query = "/peek?k=%s&id=%s".formatted(Http.encode(key), Http.encode(session.id()));
    return Http.text(ask(query), "value");
  }

  /**
   * Makes the changes that {@link Session#writeLater} left here, on a thread of the application's
   * own that serves no request, and returns when they are made.
   */
  public void runLater() {
    ask("/run-later");
  }

  /**
   * Runs a class that was put into the application by {@link ClusterBuilder#webappClass}, within
   * it, and returns its result as text.
   */
  public @Nullable String call(Class<?> callable) {
    return call(spec.contextPath(), callable);
  }

  /** The same in the application at another path. */
  public @Nullable String call(String path, Class<?> callable) {
    String query = path + "/call?class=" + Http.encode(callable.getName());
    return Http.text(Http.json(http().get(application().resolve(query))), "value");
  }

  /** The caches of an application that was made by {@link ClusterBuilder#jasperReports}. */
  public WebappCaches caches() {
    return new WebappCaches(http(), application());
  }

  private JsonNode ask(String query) {
    return Http.json(http().get(URI.create(application() + query)));
  }
}
