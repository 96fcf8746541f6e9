package io.tribescope.testbed.caches;

import io.tribescope.testbed.network.BedRun;
import io.tribescope.testbed.nodes.JvmSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Describes JVMs with CacheManagers: by default two of Ehcache 2.10.9.2, each with a manager named
 * {@code manager} whose cache {@code cache} is replicated synchronously, with manual discovery.
 */
public final class CachesBuilder {
  private static final String VERSION = "2.10.9.2";

  private final BedRun run;
  private final String name;
  private String version = VERSION;
  private int nodes = 2;
  private final Map<String, Function<CacheNodeSpec, String>> managers = new LinkedHashMap<>();
  private final List<Consumer<CacheNodeSpec>> specs = new ArrayList<>();
  private final List<String> transports = new ArrayList<>();

  /**
   * Describes JVMs of that bed.
   *
   * @param name of their directory in the run directory
   */
  public CachesBuilder(BedRun run, String name) {
    this.run = run;
    this.name = name;
  }

  /** The version of Ehcache: 1.6.2, 2.4.3, 2.5.7, 2.6.11 or 2.10.9.2. */
  public CachesBuilder version(String ehcache) {
    this.version = ehcache;
    return this;
  }

  /** The number of nodes. */
  public CachesBuilder nodes(int number) {
    this.nodes = number;
    return this;
  }

  /** Adds a manager to every node; several run in one JVM. */
  public CachesBuilder configuration(CacheConfiguration manager) {
    CacheTransport transport = manager.transport();
    if (transport != null) {
      transports.add(transport.library());
      each(node -> node.jvm(transport.flags().toArray(String[]::new)));
    }
    return configuration(
        manager.manager(),
        node -> (version.startsWith("1.") ? manager.withoutName() : manager).render(node));
  }

  /**
   * Adds a manager to every node.
   *
   * @param manager how the test calls it
   * @param xml its ehcache.xml
   */
  public CachesBuilder configuration(String manager, Function<CacheNodeSpec, String> xml) {
    managers.put(manager, xml);
    return this;
  }

  /** Attaches an agent to every node, as {@link JvmSpec#agent} says. */
  public CachesBuilder agent(Path jar, String options) {
    return each(node -> node.agent(jar, options));
  }

  /** Chooses something for every node. */
  public CachesBuilder each(Consumer<CacheNodeSpec> choice) {
    specs.add(choice);
    return this;
  }

  /** Chooses something for one node, the first being 1. */
  public CachesBuilder node(int number, Consumer<CacheNodeSpec> choice) {
    return each(
        node -> {
          if (node.number() == number) {
            choice.accept(node);
          }
        });
  }

  /** Writes the nodes' files and starts nothing. */
  public Caches create() {
    if (managers.isEmpty()) {
      configuration(CacheConfiguration.of("manager").cache(CacheSpec.named("cache")));
    }
    Path directory = run.newDirectory(name);
    CacheHome home = CacheHome.of(version, transports, directory.resolve("program"));
    int multicastPort = run.network().multicastPort();
    List<CacheNodeSpec> all = new ArrayList<>();
    for (int number = 1; number <= nodes; number++) {
      CacheNodeSpec spec = new CacheNodeSpec(number, run.network().addHost(), multicastPort, all);
      specs.forEach(choice -> choice.accept(spec));
    }
    List<CacheNode> created = new ArrayList<>();
    for (CacheNodeSpec spec : all) {
      Map<String, String> configurations = new LinkedHashMap<>();
      managers.forEach((manager, xml) -> configurations.put(manager, xml.apply(spec)));
      Path own = directory.resolve(spec.name());
      CacheNode node = new CacheNode(run.guardian(), spec, home, own, configurations.keySet());
      node.configure(configurations);
      created.add(run.closeLater(node));
    }
    return new Caches(created);
  }

  /** Creates and starts the nodes, all at once, and returns when their managers are up. */
  public Caches start() {
    Caches caches = create();
    caches.start();
    return caches;
  }
}
