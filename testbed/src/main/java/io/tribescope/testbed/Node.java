package io.tribescope.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Tomcat on a host of its own.
 *
 * <p>The questions about the node ({@link #members}, {@link #sessionCount}, {@link #peek}) are
 * requests without a session to its application, so they replicate nothing.
 */
public final class Node implements Endpoint, AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofMinutes(1);

  // Small and quick to start; the first-tier compiler is enough for tests. The last three keep a
  // killed JVM from leaving a file in /tmp, and Tomcat's own scripts' flags complete the list.
  private static final List<String> FLAGS =
      List.of(
          "-Xms32m",
          "-Xmx256m",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-Djava.awt.headless=true",
          "-Duser.language=en",
          "-Dfile.encoding=UTF-8",
          // Without it the multicast membership cannot send on a host that has IPv6.
          "-Djava.net.preferIPv4Stack=true",
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

  private final Guardian guardian;
  private final NodeSpec spec;
  private final TomcatHome home;
  private final Path base;
  private final Http http = new Http(Duration.ofSeconds(10));
  private @Nullable Server server;

  Node(Guardian guardian, NodeSpec spec, TomcatHome home, Path base) {
    this.guardian = guardian;
    this.spec = spec;
    this.home = home;
    this.base = base;
  }

  void configure(String serverXml) {
    try {
      for (String directory : List.of("conf", "logs", "temp", "webapps", "work")) {
        Files.createDirectories(base.resolve(directory));
      }
      for (String file : List.of("web.xml", "context.xml", "catalina.properties")) {
        Files.copy(home.file("conf/" + file), base.resolve("conf/" + file));
      }
      Files.writeString(base.resolve("conf/logging.properties"), LOGGING);
      Files.writeString(base.resolve("conf/server.xml"), serverXml);
      if (spec.clock() != null) {
        writeClock(spec.clock());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the files of " + name(), e);
    }
  }

  /** The name and the jvmRoute: node1 to noden. */
  public String name() {
    return spec.name();
  }

  /** The IPv4 address of the host. */
  public String address() {
    return spec.address();
  }

  int ajpPort() {
    return spec.ajpPort();
  }

  /** The port of the agent's HTTP server. */
  public int agentPort() {
    return spec.agentPort();
  }

  /** What the node announces to the cluster: {@code address:port} of its receiver. */
  public String member() {
    return address() + ":" + spec.receiverPort();
  }

  /** Both outputs of the Tomcat, of all its runs. */
  public Path log() {
    return base.resolve("logs").resolve("tomcat.log");
  }

  /** What the present run has written to the log so far. */
  public String output() {
    return server().output();
  }

  /** Its catalina.base. */
  public Path base() {
    return base;
  }

  /** Whether its process is there, frozen or not. */
  public boolean isRunning() {
    return server != null && server.isAlive();
  }

  @Override
  public URI application() {
    return URI.create("http://%s:%d%s".formatted(address(), spec.httpPort(), spec.contextPath()));
  }

  /** The application as Tomcat names its context, host and path: {@code localhost/app}. */
  public String context() {
    return "localhost" + spec.contextPath();
  }

  Host host() {
    return spec.host();
  }

  /** Starts the Tomcat, again perhaps, and returns when it serves. */
  public void start() {
    launch();
    awaitReady();
  }

  void launch() {
    if (isRunning()) {
      throw new TestBedException(name() + " is running already");
    }
    server = new Server(name(), guardian, base, log(), environment(), command("start"));
  }

  void awaitReady() {
    server()
        .await(
            "start of " + name(),
            START,
            () -> output().contains("Server startup in") ? null : "still starting");
  }

  /** Stops it gracefully: its shutdown hook tells the cluster that it leaves. */
  public void stop() {
    server().terminate(STOP);
  }

  /** Kills it; the others find out by themselves. */
  public void kill() {
    server().close();
  }

  /** Stops its process in its tracks (SIGSTOP): connections stay and nothing answers. */
  public void freeze() {
    server().freeze();
  }

  /** Lets a frozen process go on; to one that runs it does nothing. */
  public void resume() {
    server().resume();
  }

  /**
   * Steps the wall clock of a node that was made with one ({@link NodeSpec#clock}): in a process
   * that runs it takes hold within some 2 seconds, and it lasts over a restart.
   *
   * @param shift from the true time, as faketime writes it
   */
  public void clock(String shift) {
    if (spec.clock() == null) {
      throw new TestBedException(name() + " was made without a clock of its own");
    }
    try {
      writeClock(shift);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot step the clock of " + name(), e);
    }
  }

  /** Whole or not at all: the process reads it at any moment. */
  private void writeClock(String shift) throws IOException {
    Path written = Files.writeString(base.resolve("clock.next"), shift + "\n");
    Files.move(written, clockFile(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path clockFile() {
    return base.resolve("clock");
  }

  /** Kills it if it runs. */
  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }

  /**
   * Runs another command of Tomcat's scripts ({@code configtest}, {@code stop}, {@code version})
   * with the flags, the agent and the environment of this node, and waits for its end.
   */
  public Finished run(String command) {
    ProcessBuilder builder = new ProcessBuilder(command(command)).redirectErrorStream(true);
    builder.directory(base.toFile()).environment().putAll(environment());
    guardian.guard(builder);
    return Command.finish(builder);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>(spec.environment());
    if (spec.clock() != null) {
      environment.put("FAKETIME_TIMESTAMP_FILE", clockFile().toString());
    }
    return environment;
  }

  private List<String> command(String action) {
    List<String> command = new ArrayList<>(host().enter());
    command.add(spec.javaHome().resolve("bin/java").toString());
    command.addAll(FLAGS);
    command.add("-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"));
    command.add("-Dcatalina.home=" + home.path());
    command.add("-Dcatalina.base=" + base);
    command.add("-Djava.io.tmpdir=" + base.resolve("temp"));
    command.addAll(spec.jvm());
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
    return Http.text(ask("/call?class=" + Http.encode(callable.getName())), "value");
  }

  /** The caches of an application that was made by {@link ClusterBuilder#jasperReports}. */
  public Caches caches() {
    return new Caches(http, application());
  }

  /**
   * What the node's agent answers on {@code /metrics}.
   *
   * @throws java.io.UncheckedIOException when it does not answer with status 200
   */
  public Scrape scrape() {
    return Scrape.parse(http.get(agent("/metrics")));
  }

  /** The address of a path on the node's agent. */
  public URI agent(String path) {
    return URI.create("http://%s:%d%s".formatted(address(), agentPort(), path));
  }

  private JsonNode ask(String query) {
    return Http.json(http.get(URI.create(application() + query)));
  }

  private Server server() {
    if (server == null) {
      throw new TestBedException(name() + " was never started");
    }
    return server;
  }

  @Override
  public String toString() {
    return name() + "(" + address() + ")";
  }
}
