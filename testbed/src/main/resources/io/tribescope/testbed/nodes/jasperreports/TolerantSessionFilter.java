package com.jaspersoft.jasperserver.war;

import com.jaspersoft.jasperserver.api.SessionAttribMissingException;
import com.jaspersoft.jasperserver.core.util.MissingObject;
import com.jaspersoft.jasperserver.core.util.TolerantObjectWrapper;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import javax.servlet.http.HttpSession;

/**
 * Does to a session's attributes what JasperReports Server's filter of this name does: each is
 * wrapped when it is set, and reading one that another node did not get is an error. Unlike that
 * filter it begins no session by itself, so that the bed's questions to a node need none.
 */
public class TolerantSessionFilter implements Filter {
  @Override
  public void init(FilterConfig config) {}

  @Override
  public void destroy() {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(new TolerantRequest((HttpServletRequest) request), response);
  }

  private static final class TolerantRequest extends HttpServletRequestWrapper {
    TolerantRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public HttpSession getSession() {
      return getSession(true);
    }

    @Override
    public HttpSession getSession(boolean create) {
      HttpSession session = super.getSession(create);
      return session == null ? null : tolerant(session);
    }
  }

  private static HttpSession tolerant(HttpSession session) {
    return (HttpSession)
        Proxy.newProxyInstance(
            TolerantSessionFilter.class.getClassLoader(),
            new Class<?>[] {HttpSession.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("setAttribute")) {
                String name = (String) arguments[0];
                session.setAttribute(name, new TolerantObjectWrapper(arguments[1]));
                return null;
              }
              if (method.getName().equals("getAttribute")) {
                return read(session, (String) arguments[0]);
              }
              try {
                return method.invoke(session, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Who asks for one that is missing loses all that are. */
  private static Object read(HttpSession session, String name) {
    Object attribute = session.getAttribute(name);
    if (isMissing(attribute)) {
      for (String each : Collections.list(session.getAttributeNames())) {
        if (isMissing(session.getAttribute(each))) {
          session.removeAttribute(each);
        }
      }
      throw new SessionAttribMissingException("an attribute did not come with the session");
    }
    return attribute instanceof TolerantObjectWrapper
        ? ((TolerantObjectWrapper) attribute).getObject()
        : attribute;
  }

  private static boolean isMissing(Object attribute) {
    return attribute instanceof TolerantObjectWrapper
        && ((TolerantObjectWrapper) attribute).getObject() instanceof MissingObject;
  }
}
