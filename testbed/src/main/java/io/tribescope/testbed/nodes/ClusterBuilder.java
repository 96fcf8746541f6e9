package io.tribescope.testbed.nodes;

import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.network.BedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Describes a cluster: by default two nodes of Tomcat 9.0.117 with {@code channelSendOptions} 8 and
 * no agent.
 */
public final class ClusterBuilder {
  private static final String TOMCAT = "9.0.117";

  private final BedRun run;
  private final String name;
  private String tomcat = TOMCAT;
  private int nodes = 2;
  private int sendOptions = 8;
  private boolean clustered = true;
  private final Webapp webapp = new Webapp();
  private final ServerXmlChanges changes = new ServerXmlChanges();
  private final List<Path> tomcatLibraries = new ArrayList<>();
  private final List<Consumer<NodeSpec>> specs = new ArrayList<>();

  /**
   * Describes one of that bed.
   *
   * @param name of its directory in the run directory
   */
  public ClusterBuilder(BedRun run, String name) {
    this.run = run;
    this.name = name;
  }

  /** The version of all nodes, such as 9.0.117. */
  public ClusterBuilder tomcat(String version) {
    this.tomcat = version;
    return this;
  }

  /** The number of nodes. */
  public ClusterBuilder nodes(int number) {
    this.nodes = number;
    return this;
  }

  /** The {@code channelSendOptions}: 8 asynchronous, 6 acknowledged after it was applied. */
  public ClusterBuilder sendOptions(int options) {
    this.sendOptions = options;
    return this;
  }

  /** Tomcats without a {@code <Cluster>}. */
  public ClusterBuilder withoutCluster() {
    this.clustered = false;
    return this;
  }

  /**
   * Sets an attribute in every node's server.xml, in place of the bed's own value if it has one.
   *
   * @param element the simple name of its class, such as {@code DeltaManager}, {@code NioReceiver}
   *     or {@code PooledParallelSender}; its tag when it names no class, such as {@code Engine}
   */
  public ClusterBuilder set(String element, String attribute, String value) {
    changes.set(element, attribute, value);
    return this;
  }

  /** Leaves an element out of every node's server.xml, such as {@code JvmRouteBinderValve}. */
  public ClusterBuilder without(String element) {
    changes.remove(element);
    return this;
  }

  /**
   * Puts an element into the application's {@code <Context>}.
   *
   * @param xml a {@code <Resource>} or {@code <ResourceLink>}
   */
  public ClusterBuilder resource(String xml) {
    changes.add("Context", xml);
    return this;
  }

  /**
   * Gives every Tomcat a resource of its own, not of one application's.
   *
   * @param xml a {@code <Resource>}
   */
  public ClusterBuilder globalResource(String xml) {
    changes.add("Server", "<GlobalNamingResources>" + xml + "</GlobalNamingResources>");
    return this;
  }

  /** Puts a jar beside Tomcat's own, where it and the application see it. */
  public ClusterBuilder tomcatLibrary(Path jar) {
    tomcatLibraries.add(jar);
    return this;
  }

  /** Attaches an agent to every node, as {@link NodeSpec#agent} says. */
  public ClusterBuilder agent(Path jar, String options) {
    return each(node -> node.agent(jar, options));
  }

  /** Chooses something for every node. */
  public ClusterBuilder each(Consumer<NodeSpec> choice) {
    specs.add(choice);
    return this;
  }

  /** Chooses something for one node, the first being 1. */
  public ClusterBuilder node(int number, Consumer<NodeSpec> choice) {
    return each(
        node -> {
          if (node.number() == number) {
            choice.accept(node);
          }
        });
  }

  /** Puts a jar into the application's WEB-INF/lib. */
  public ClusterBuilder webappLibrary(Path jar) {
    webapp.addLibrary(jar);
    return this;
  }

  /**
   * Puts a class of the caller's class path into the application's WEB-INF/classes, without its
   * nested classes. One that is a {@code Callable} and has a public constructor without arguments
   * can be run there by {@link Node#call}.
   */
  public ClusterBuilder webappClass(Class<?> added) {
    webapp.addClass(added);
    return this;
  }

  /**
   * Makes the application JasperReports Server's own set-up for failover: its session filter and
   * its three Ehcache managers ({@link Node#caches}), with their names, discovery and ports.
   */
  public ClusterBuilder jasperReports() {
    JasperReports.addTo(webapp);
    int group = run.network().multicastPort();
    return each(node -> JasperReports.configure(node, group));
  }

  /**
   * Gives the application a replicated Ehcache cache: each {@link Session#write} is also one put,
   * or one update, of the cache {@code prices} of the manager {@code shop}, which sends it to the
   * other nodes within a second.
   */
  public ClusterBuilder replicatedCache() {
    Shop.addTo(webapp);
    int group = run.network().multicastPort();
    return each(node -> Shop.configure(node, group));
  }

  /** Writes the nodes' files and starts nothing. */
  public Cluster create() {
    int multicastPort = run.network().multicastPort();
    Path directory = run.newDirectory(name);
    TomcatHome home = TomcatHome.of(tomcat);
    Path application = directory.resolve("application");
    webapp.writeTo(application, home);
    List<Node> created = new ArrayList<>();
    for (int number = 1; number <= nodes; number++) {
      NodeSpec spec = new NodeSpec(number, run.network().addHost());
      specs.forEach(choice -> choice.accept(spec));
      Node node = new Node(run.guardian(), spec, home, directory.resolve(spec.name()));
      node.configure(
          changes.applyTo(xml(spec, multicastPort, application).text()), tomcatLibraries);
      run.closeLater(node);
      created.add(node);
    }
    return new Cluster(created, clustered, directory);
  }

  private ServerXml xml(NodeSpec spec, int multicastPort, Path application) {
    ServerXml.@Nullable ClusterElement cluster =
        clustered
            ? new ServerXml.ClusterElement(
                spec.address(), spec.receiverPort(), multicastPort, sendOptions)
            : null;
    return new ServerXml(
        spec.name(),
        spec.address(),
        spec.httpPort(),
        spec.ajpPort(),
        application,
        spec.contextPath(),
        cluster);
  }

  /** Creates and starts the cluster, and waits until each node sees all others. */
  public Cluster start() {
    Cluster cluster = create();
    cluster.start();
    if (clustered) {
      cluster.awaitMesh();
    }
    return cluster;
  }
}
