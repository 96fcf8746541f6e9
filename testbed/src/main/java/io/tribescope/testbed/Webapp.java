package io.tribescope.testbed;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A web application of the test bed's, made for one Tomcat distribution. */
final class Webapp {
  static final String CONTEXT_PATH = "/app";

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
      compile(webInf, compiled, tomcat);
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

  private void compile(Path webInf, Path compiled, TomcatHome tomcat) throws IOException {
    Path api = tomcat.file("lib/servlet-api.jar");
    boolean jakarta = isJakarta(api);
    List<Path> written = new ArrayList<>();
    for (String source : sources) {
      String text = resource(source);
      written.add(
          Files.writeString(
              webInf.resolve(Path.of(source).getFileName()),
              jakarta ? text.replace("javax.servlet", "jakarta.servlet") : text));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new TestBedException(
          "a JDK is needed, " + System.getProperty("java.home") + " is none");
    }
    StringWriter messages = new StringWriter();
    List<Path> classPath = new ArrayList<>(libraries);
    classPath.add(api);
    List<String> options =
        List.of(
            "--release",
            "17",
            "-proc:none",
            "-cp",
            classPath.stream().map(Path::toString).collect(joining(":")),
            "-d",
            compiled.toString());
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      if (!compiler
          .getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(written))
          .call()) {
        throw new TestBedException(
            "the application does not compile against " + api + ":\n" + messages);
      }
    }
  }

  /** The text of a resource beside this class. */
  static String resource(String name) {
    try (InputStream in = Webapp.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new TestBedException("the test bed lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private static boolean isJakarta(Path api) throws IOException {
    try (ZipFile zip = new ZipFile(api.toFile())) {
      return zip.getEntry("jakarta/servlet/Servlet.class") != null;
    }
  }
}
