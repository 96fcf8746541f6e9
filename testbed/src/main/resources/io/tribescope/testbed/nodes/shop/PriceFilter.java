import java.io.IOException;
import java.io.InputStream;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Element;

/**
 * Puts what a request writes into a replicated cache, too, as the price of one of so many products:
 * each write is exactly one put, or one update.
 */
public class PriceFilter implements Filter {
  private static final int PRODUCTS = 200;

  private CacheManager manager;
  private Cache prices;

  @Override
  public void init(FilterConfig config) throws ServletException {
    try (InputStream in = config.getServletContext().getResourceAsStream("/WEB-INF/ehcache.xml")) {
      manager = new CacheManager(in);
      prices = manager.getCache("prices");
    } catch (IOException failure) {
      throw new ServletException("/WEB-INF/ehcache.xml", failure);
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String value = String.valueOf(request.getParameter("v"));
    prices.put(new Element("product" + Math.floorMod(value.hashCode(), PRODUCTS), value));
    chain.doFilter(request, response);
  }

  @Override
  public void destroy() {
    manager.shutdown();
  }
}
