import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;

/**
 * The test bed's application: does to a session what the path says and answers one JSON object.
 * Compiled against the servlet API of each Tomcat, with the package renamed where it is jakarta.
 * The operations of {@link #look} look at the node through JMX and touch no session.
 */
public class SessionServlet extends HttpServlet {
  private static final Set<String> CREATING =
      Set.of("/create", "/write", "/unserializable", "/instance", "/later", "/timeout");

  private final MBeanServer mbeans = ManagementFactory.getPlatformMBeanServer();
  private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String operation = request.getPathInfo() == null ? "/" : request.getPathInfo();
    StringBuilder json = new StringBuilder("{");
    try {
      field(json, "node", string("Catalina:type=Engine", "jvmRoute"));
      if (!look(operation, request, json) && !use(operation, request, json)) {
        response.sendError(404, "unknown operation " + operation);
        return;
      }
    } catch (Exception failure) {
      throw new ServletException(operation + " failed: " + failure, failure);
    }
    json.append('}');
    response.setContentType("application/json");
    response.setCharacterEncoding("UTF-8");
    PrintWriter out = response.getWriter();
    out.print(json);
  }

  private boolean look(String operation, HttpServletRequest request, StringBuilder json)
      throws Exception {
    if (operation.equals("/members")) {
      List<String> members = new ArrayList<>();
      for (ObjectName name :
          mbeans.queryNames(
              new ObjectName("Catalina:type=Cluster,component=Member,*"), null)) {
        try {
          members.add(
              mbeans.getAttribute(name, "hostname") + ":" + mbeans.getAttribute(name, "port"));
        } catch (InstanceNotFoundException left) {
          // Between the two questions: it is no member.
        }
      }
      Collections.sort(members);
      json.append(",\"members\":[");
      for (int i = 0; i < members.size(); i++) {
        json.append(i == 0 ? "" : ",").append(quote(address(members.get(i))));
      }
      json.append(']');
    } else if (operation.equals("/count")) {
      field(json, "value", string(manager(request), "activeSessions"));
    } else if (operation.equals("/peek")) {
      peek(request, json);
    } else if (operation.equals("/call")) {
      field(json, "value", String.valueOf(((Callable<?>) instance(request)).call()));
    } else if (operation.equals("/run-later")) {
      Thread thread = new Thread(this::runLater, "application");
      thread.start();
      thread.join();
    } else {
      return false;
    }
    return true;
  }

  private void runLater() {
    Runnable change = later.poll();
    while (change != null) {
      change.run();
      change = later.poll();
    }
  }

  private static Object instance(HttpServletRequest request) throws ReflectiveOperationException {
    return Class.forName(request.getParameter("class")).getDeclaredConstructor().newInstance();
  }

  /** Reads a session that this node holds without making a request of it. */
  private void peek(HttpServletRequest request, StringBuilder json) throws JMException {
    ObjectName manager = new ObjectName(manager(request));
    String id = request.getParameter("id");
    // Asking Tomcat for the attribute of a session that it does not hold would log the id.
    String ids = (String) mbeans.invoke(manager, "listSessionIds", null, null);
    boolean held = List.of(ids.trim().split("\\s+")).contains(id);
    json.append(",\"held\":").append(held);
    if (held) {
      Object[] arguments = {id, request.getParameter("k")};
      String[] types = {"java.lang.String", "java.lang.String"};
      field(json, "value", (String) mbeans.invoke(manager, "getSessionAttribute", arguments, types));
    }
  }

  private boolean use(String operation, HttpServletRequest request, StringBuilder json)
      throws ReflectiveOperationException {
    String key = request.getParameter("k");
    String value = request.getParameter("v");
    boolean creates = CREATING.contains(operation);
    HttpSession session = request.getSession(creates);
    field(json, "session", session == null ? null : session.getId());
    switch (operation) {
      case "/create":
      case "/touch":
        return true;
      case "/write":
        session.setAttribute(key, value);
        return true;
      case "/unserializable":
        session.setAttribute(key, new Unserializable());
        return true;
      case "/instance":
        session.setAttribute(key, instance(request));
        return true;
      case "/later":
        later.add(() -> session.setAttribute(key, value));
        return true;
      case "/timeout":
        session.setMaxInactiveInterval(Integer.parseInt(request.getParameter("seconds")));
        return true;
      case "/read":
        if (session != null && session.getAttribute(key) != null) {
          field(json, "value", String.valueOf(session.getAttribute(key)));
        }
        return true;
      case "/all":
        if (session != null) {
          json.append(",\"attributes\":{");
          String separator = "";
          for (String name : Collections.list(session.getAttributeNames())) {
            json.append(separator).append(quote(name)).append(':');
            json.append(quote(String.valueOf(session.getAttribute(name))));
            separator = ",";
          }
          json.append('}');
        }
        return true;
      case "/invalidate":
        if (session != null) {
          session.invalidate();
        }
        return true;
      default:
        return false;
    }
  }

  private static String manager(HttpServletRequest request) {
    return "Catalina:type=Manager,host=localhost,context=" + request.getContextPath();
  }

  private String string(String mbean, String attribute) throws JMException {
    Object value = mbeans.getAttribute(new ObjectName(mbean), attribute);
    return value == null ? null : value.toString();
  }

  /** A remote member's host is "{10, 0, 0, -1}" (signed bytes), the local one's is a name. */
  private static String address(String hostAndPort) {
    if (!hostAndPort.startsWith("{")) {
      return hostAndPort;
    }
    StringBuilder address = new StringBuilder();
    int end = hostAndPort.indexOf('}');
    for (String signed : hostAndPort.substring(1, end).split(",")) {
      address.append(address.length() == 0 ? "" : ".");
      address.append(Integer.parseInt(signed.trim()) & 0xff);
    }
    return address + hostAndPort.substring(end + 1);
  }

  private static void field(StringBuilder json, String name, String value) {
    json.append(json.length() == 1 ? "" : ",").append(quote(name)).append(':');
    json.append(value == null ? "null" : quote(value));
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

  /** Claims to be serializable and is not: Tomcat takes it and fails when it sends the delta. */
  public static class Unserializable implements Serializable {
    private final Object secret = new Object();
  }
}
