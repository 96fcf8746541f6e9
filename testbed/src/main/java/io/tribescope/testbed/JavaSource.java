package io.tribescope.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The programs of the bed's servers: sources among its resources, compiled against what is run. */
final class JavaSource {
  private JavaSource() {}

  /** The source of a class. */
  static String read(String name) throws IOException {
    try (InputStream in = JavaSource.class.getResourceAsStream(name + ".java")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Compiles a class of the unnamed package for Java 17.
   *
   * @param classes the directory for its class files, where its source is left, too
   * @throws TestBedException with the compiler's messages
   */
  static void compile(String name, String text, List<Path> classPath, Path classes)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new TestBedException(
          "a JDK is needed, " + System.getProperty("java.home") + " is none");
    }
    Path source = Files.writeString(classes.resolve(name + ".java"), text);
    String jars = classPath.stream().map(Path::toString).collect(Collectors.joining(":"));
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("--release", "17", "-proc:none", "-cp", jars, "-d", classes.toString());
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      if (!compiler
          .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
          .call()) {
        throw new TestBedException(
            "%s does not compile against %s:%n%s".formatted(name, jars, messages));
      }
    }
  }
}
