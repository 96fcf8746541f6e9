import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Element;

/**
 * Has the three cache managers of JasperReports Server, and does to a named cache of a named one
 * what the path says. No question is counted as a use of the cache.
 */
public class CacheServlet extends HttpServlet {
  private final Map<String, CacheManager> managers = new LinkedHashMap<>();

  /** In the product's order: the second that wants the same ports has to take others. */
  @Override
  public void init() throws ServletException {
    open("/WEB-INF/ehcache.xml");
    // Hibernate takes its configuration from the class path.
    open("/WEB-INF/classes/ehcache_hibernate.xml");
    open("/WEB-INF/classes/audit_ehcache_hibernate.xml");
  }

  private void open(String file) throws ServletException {
    try (InputStream in = getServletContext().getResourceAsStream(file)) {
      CacheManager manager = new CacheManager(in);
      managers.put(manager.getName(), manager);
    } catch (IOException failure) {
      throw new ServletException(file, failure);
    }
  }

  @Override
  public void destroy() {
    managers.values().forEach(CacheManager::shutdown);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    CacheManager manager = managers.get(request.getParameter("manager"));
    Cache cache = manager == null ? null : manager.getCache(request.getParameter("cache"));
    String key = request.getParameter("k");
    if (cache == null) {
      response.sendError(404, "no such cache");
      return;
    }
    Object answer = null;
    switch (String.valueOf(request.getPathInfo())) {
      case "/put":
        cache.put(new Element(key, request.getParameter("v")));
        break;
      case "/get":
        Element element = cache.getQuiet(key);
        answer = element == null ? null : element.getObjectValue();
        break;
      case "/remove":
        cache.remove(key);
        break;
      case "/remove-all":
        cache.removeAll();
        break;
      case "/size":
        answer = cache.getSize();
        break;
      case "/peers":
        answer = manager.getCacheManagerPeerProvider("RMI").listRemoteCachePeers(cache).size();
        break;
      default:
        response.sendError(404, "unknown operation");
        return;
    }
    // Keys and values are the tests' own: letters and digits.
    response.setContentType("application/json");
    response.getWriter().print(answer == null ? "{}" : "{\"value\":\"" + answer + "\"}");
  }
}
