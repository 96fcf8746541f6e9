import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.Serializable;
import java.lang.ref.SoftReference;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;
import net.sf.ehcache.distribution.MulticastKeepaliveHeartbeatSender;

/**
 * Runs CacheManagers and does to them what the paths of HTTP requests say, each request on a thread
 * of its own; the answer is one JSON object and comes when the operation has ended. Compiled
 * against the Ehcache that it runs with.
 *
 * <p>Arguments: address and port to serve at, milliseconds between multicast heartbeats (0 for
 * Ehcache's own), then the name and the ehcache.xml of each manager.
 */
public class CacheProgram {
  private final Map<String, String> files = new HashMap<>();
  private final Map<String, CacheManager> managers = new ConcurrentHashMap<>();

  public static void main(String[] arguments) throws IOException {
    CacheProgram program = new CacheProgram();
    InetSocketAddress address =
        new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
    HttpServer server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", program::answer);
    server.start();
    long heartbeat = Long.parseLong(arguments[2]);
    if (heartbeat > 0) {
      MulticastKeepaliveHeartbeatSender.setHeartBeatInterval(heartbeat);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(program::shutdown, "shutdown"));
    try {
      for (int i = 3; i < arguments.length; i += 2) {
        program.files.put(arguments[i], arguments[i + 1]);
        program.start(arguments[i]);
      }
      System.out.println("All managers are up");
    } catch (RuntimeException | ReflectiveOperationException failure) {
      // The server would keep this JVM alive, and the test waiting.
      failure.printStackTrace();
      System.exit(1);
    }
  }

  private void start(String manager) throws ReflectiveOperationException {
    if (managers.containsKey(manager)) {
      throw new IllegalStateException(manager + " is up");
    }
    Set<Thread> others = jmsThreads();
    CacheManager started = new CacheManager(files.get(manager));
    while (settledJmsThreads(others) < asynchronousOverJms(started)) {
      started.shutdown();
      others = jmsThreads();
      started = new CacheManager(files.get(manager));
    }
    managers.put(manager, started);
  }

  private static Set<Thread> jmsThreads() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !thread.getName().equals("JMS Replication Thread"));
    return threads;
  }

  /**
   * How many threads of replicators came since and wait for changes. Such a thread ends at once
   * where it runs before the last line of the constructor that starts it, and then nothing of its
   * cache is ever sent (ehcache-jmsreplication 0.5: 41 of 1500, measured without an agent).
   */
  private static int settledJmsThreads(Set<Thread> others) {
    Set<Thread> came = jmsThreads();
    came.removeAll(others);
    int settled = 0;
    for (Thread thread : came) {
      while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.yield();
      }
      settled += thread.isAlive() ? 1 : 0;
    }
    return settled;
  }

  /** Their class is on the class path with JMS alone, and does not tell. */
  private static int asynchronousOverJms(CacheManager manager) throws ReflectiveOperationException {
    int found = 0;
    for (String cache : manager.getCacheNames()) {
      for (Object listener :
          manager.getEhcache(cache).getCacheEventNotificationService().getCacheEventListeners()) {
        if (listener.getClass().getSimpleName().equals("JMSCacheReplicator")) {
          Field asynchronous = listener.getClass().getDeclaredField("replicateAsync");
          asynchronous.setAccessible(true);
          found += asynchronous.getBoolean(listener) ? 1 : 0;
        }
      }
    }
    return found;
  }

  private void shutdown() {
    managers.values().forEach(CacheManager::shutdown);
  }

  private void answer(HttpExchange exchange) throws IOException {
    int status = 200;
    String answer;
    try {
      Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
      StringBuilder json = new StringBuilder();
      long start = System.nanoTime();
      operate(exchange.getRequestURI().getPath(), parameters, json);
      answer = "{\"nanos\":" + (System.nanoTime() - start) + json + "}";
    } catch (Throwable failure) {
      // An error, too, has to reach the test.
      status = 500;
      answer = failure.toString();
    }
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void operate(String operation, Map<String, String> parameters, StringBuilder json)
      throws ReflectiveOperationException {
    String manager = parameters.get("manager");
    switch (operation) {
      case "/start":
        start(manager);
        return;
      case "/shutdown":
        manager(manager).shutdown();
        managers.remove(manager);
        return;
      case "/clear-soft-references":
        clearSoftReferences();
        return;
      default:
        Ehcache cache = manager(manager).getEhcache(parameters.get("cache"));
        if (cache == null) {
          throw new IllegalArgumentException("no such cache");
        }
        if (!look(operation, cache, parameters, json)) {
          change(operation, cache, parameters);
        }
    }
  }

  private CacheManager manager(String name) {
    CacheManager manager = managers.get(name);
    if (manager == null) {
      throw new IllegalStateException(name + " is not up");
    }
    return manager;
  }

  private static boolean look(
      String operation, Ehcache cache, Map<String, String> parameters, StringBuilder json) {
    switch (operation) {
      case "/get":
        Element held = cache.getQuiet((Object) parameters.get("key"));
        json.append(",\"value\":").append(held == null ? "null" : quote(text(held)));
        return true;
      case "/size":
        json.append(",\"value\":").append(cache.getSize());
        return true;
      case "/contents":
        json.append(",\"value\":{");
        String separator = "";
        for (Object key : cache.getKeys()) {
          Element element = cache.getQuiet(key);
          if (element != null) {
            json.append(separator).append(quote(key.toString())).append(':');
            json.append(quote(text(element)));
            separator = ",";
          }
        }
        json.append('}');
        return true;
      case "/peers":
        json.append(",\"value\":");
        json.append(
            cache
                .getCacheManager()
                .getCacheManagerPeerProvider("RMI")
                .listRemoteCachePeers(cache)
                .size());
        return true;
      default:
        return false;
    }
  }

  private static void change(String operation, Ehcache cache, Map<String, String> parameters)
      throws ReflectiveOperationException {
    String key = parameters.get("key");
    switch (operation) {
      case "/put":
        cache.put(new Element((Object) key, (Object) parameters.get("value")));
        return;
      case "/put-quiet":
        cache.putQuiet(new Element((Object) key, (Object) parameters.get("value")));
        return;
      case "/burst":
        elements(parameters).forEach(cache::put);
        return;
      case "/put-all":
        // Not there before Ehcache 2.5.
        Ehcache.class.getMethod("putAll", Collection.class).invoke(cache, elements(parameters));
        return;
      case "/put-unserializable":
        cache.put(new Element((Object) key, (Object) new Unserializable()));
        return;
      case "/put-object":
        cache.put(new Element((Object) key, new Object()));
        return;
      case "/put-rejectable":
        cache.put(new Element((Object) key, (Object) new Rejectable()));
        return;
      case "/remove":
        cache.remove((Object) key);
        return;
      case "/remove-quiet":
        cache.removeQuiet((Object) key);
        return;
      case "/remove-all":
        cache.removeAll();
        return;
      default:
        throw new IllegalArgumentException("unknown operation " + operation);
    }
  }

  private static List<Element> elements(Map<String, String> parameters) {
    List<Element> elements = new ArrayList<>();
    for (int i = 1; i <= Integer.parseInt(parameters.get("count")); i++) {
      String key = parameters.get("key") + i;
      elements.add(new Element((Object) key, (Object) key));
    }
    return elements;
  }

  /**
   * Before an OutOfMemoryError is thrown all soft references are cleared, says their class. One
   * array of all the memory there is takes none of it from other threads.
   */
  private static void clearSoftReferences() {
    SoftReference<Object> witness = new SoftReference<>(new Object());
    try {
      long all = Runtime.getRuntime().maxMemory();
      byte[] array = new byte[(int) Math.min(all, Integer.MAX_VALUE - 8)];
      throw new IllegalStateException("there was memory for " + array.length + " bytes");
    } catch (OutOfMemoryError expected) {
      if (witness.get() != null) {
        throw new IllegalStateException("soft references were not cleared");
      }
    }
  }

  private static String text(Element element) {
    return String.valueOf(element.getObjectValue());
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
      int equals = parameter.indexOf('=');
      parameters.put(
          parameter.substring(0, equals),
          URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** Claims to be serializable and is not. */
  public static class Unserializable implements Serializable {
    private final Object secret = new Object();

    @Override
    public String toString() {
      return "unserializable";
    }
  }

  /** Can be serialized; what reads it may refuse it. */
  public static class Rejectable implements Serializable {
    @Override
    public String toString() {
      return "rejectable";
    }
  }
}
