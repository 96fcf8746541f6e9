package io.tribescope.testbed.nodes;

import io.tribescope.testbed.machine.Checkout;
import io.tribescope.testbed.machine.JavaSource;
import io.tribescope.testbed.machine.TestBedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/** A web application of the test bed's, made for one Tomcat distribution. */
final class Webapp {
  static final String CONTEXT_PATH = "/app";

  /** Ehcache 2.10.9.2 and what it logs by, as Maven puts them aside. */
  private static final List<String> EHCACHE =
      List.of("ehcache.jar", "old-slf4j-api.jar", "old-slf4j-jdk14.jar");

  private static final String SERVLET = "SessionServlet";
  // Servlet 2.5 is known to every Tomcat; metadata-complete spares the scan for annotations.
  private static final String WEB_XML =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <web-app xmlns="http://java.sun.com/xml/ns/javaee" version="2.5" metadata-complete="true">
        <distributable/>
        <servlet>
          <servlet-name>sessions</servlet-name>
          <servlet-class>%s</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>sessions</servlet-name>
          <url-pattern>/*</url-pattern>
        </servlet-mapping>
        <session-config>
          <session-timeout>30</session-timeout>
        </session-config>
      </web-app>
      """
          .formatted(SERVLET);

  private final List<String> sources = new ArrayList<>(List.of(SERVLET + ".java"));
  private final Map<String, String> files = new LinkedHashMap<>(Map.of("web.xml", WEB_XML));
  private final List<Path> libraries = new ArrayList<>();
  private final List<Class<?>> classes = new ArrayList<>();

  void addLibrary(Path jar) {
    libraries.add(jar);
  }

  /** Adds Ehcache as a library of the application's own. */
  void addEhcache() {
    for (String library : EHCACHE) {
      Path jar = Checkout.path("testbed/target/libraries/" + library);
      if (!Files.exists(jar)) {
        throw new TestBedException(jar + " is missing: build it first, with mvn package");
      }
      libraries.add(jar);
    }
  }

  /** Adds a Java source; it may use javax.servlet and what is added as a library. */
  void addSource(String resource) {
    sources.add(resource);
  }

  /** Adds a file below WEB-INF, in place of one that has that name. */
  void addFile(String path, String text) {
    files.put(path, text);
  }

  void addClass(Class<?> added) {
    classes.add(added);
  }

  /** Writes the application, unpacked, into the directory. */
  void writeTo(Path directory, TomcatHome tomcat) {
    try {
      Path webInf = Files.createDirectories(directory.resolve("WEB-INF"));
      Path compiled = Files.createDirectories(webInf.resolve("classes"));
      Path lib = Files.createDirectories(webInf.resolve("lib"));
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(webInf.resolve(file.getKey()), file.getValue());
      }
      for (Path jar : libraries) {
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
      for (Class<?> added : classes) {
        copy(added, compiled);
      }
      compile(compiled, tomcat);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the application to " + directory, e);
    }
  }

  private static void copy(Class<?> added, Path compiled) throws IOException {
    String file = added.getName().replace('.', '/') + ".class";
    URL source = added.getResource("/" + file);
    if (source == null) {
      throw new TestBedException("no class file of " + added.getName() + " to put into the webapp");
    }
    Path target = compiled.resolve(file);
    Files.createDirectories(target.getParent());
    try (InputStream in = source.openStream()) {
      Files.copy(in, target);
    }
  }

  private void compile(Path compiled, TomcatHome tomcat) throws IOException {
    Path api = tomcat.file("lib/servlet-api.jar");
    boolean jakarta = isJakarta(api);
    Map<String, String> texts = new LinkedHashMap<>();
    for (String source : sources) {
      String text = JavaSource.read(Webapp.class, source);
      texts.put(
          source.substring(source.lastIndexOf('/') + 1),
          jakarta ? text.replace("javax.servlet", "jakarta.servlet") : text);
    }
    List<Path> classPath = new ArrayList<>(libraries);
    classPath.add(api);
    JavaSource.compile(texts, classPath, compiled);
  }

  private static boolean isJakarta(Path api) throws IOException {
    try (ZipFile zip = new ZipFile(api.toFile())) {
      return zip.getEntry("jakarta/servlet/Servlet.class") != null;
    }
  }
}
