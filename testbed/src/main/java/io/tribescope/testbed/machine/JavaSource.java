package io.tribescope.testbed.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** What the bed's servers run: sources among its resources, compiled against what they run on. */
public final class JavaSource {
  private JavaSource() {}

  /**
   * The text of a resource.
   *
   * @param beside the class that it lies beside
   */
  public static String read(Class<?> beside, String resource) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw new TestBedException("the test bed lacks " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  /**
   * Compiles classes for Java 17.
   *
   * @param sources their texts, by the names of their files
   * @param classes the directory for the class files, where the sources are left, too
   * @throws TestBedException with the compiler's messages
   */
  public static void compile(Map<String, String> sources, List<Path> classPath, Path classes)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new TestBedException(
          "a JDK is needed, " + System.getProperty("java.home") + " is none");
    }
    List<Path> written = new ArrayList<>();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      written.add(Files.writeString(classes.resolve(source.getKey()), source.getValue()));
    }
    String jars = classPath.stream().map(Path::toString).collect(Collectors.joining(":"));
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("--release", "17", "-proc:none", "-cp", jars, "-d", classes.toString());
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      if (!compiler
          .getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(written))
          .call()) {
        throw new TestBedException(
            "%s do not compile against %s:%n%s".formatted(sources.keySet(), jars, messages));
      }
    }
  }
}
