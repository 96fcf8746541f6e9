package io.tribescope.agent.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.Stderr;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;

class StderrLoggersTest {
  private static final String STAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z";

  @Test
  void writesALineWithTimeLevelAndArguments() {
    Logger logger = fresh().getLogger("io.tribescope.agent.X");
    List<String> lines = Stderr.linesOf(() -> logger.warn("{} of {}", 1, "two"));
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).matches(STAMP + " \\[tribescope\\] WARN 1 of two");
  }

  @Test
  void aFailureIsWrittenWithItsTrace() {
    Logger logger = fresh().getLogger("io.tribescope.agent.X");
    List<String> lines =
        Stderr.linesOf(() -> logger.error("failed", new IllegalStateException("why")));
    assertThat(lines.get(0)).endsWith("ERROR failed");
    assertThat(lines.get(1)).isEqualTo("java.lang.IllegalStateException: why");
    assertThat(lines.get(2)).startsWith("\tat ").contains("StderrLoggersTest");
  }

  @Test
  void librariesAreHeardOnlyWhenSomethingIsWrong() {
    Logger library = fresh().getLogger("io.micrometer.X");
    List<String> lines =
        Stderr.linesOf(
            () -> {
              library.debug("debug");
              library.info("info");
              library.warn("warn");
            });
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).endsWith("WARN warn");
  }

  @Test
  void fallsSilentAfterAThousandLinesAndSaysSo() {
    ILoggerFactory loggers = fresh();
    Logger one = loggers.getLogger("io.tribescope.agent.One");
    Logger two = loggers.getLogger("io.tribescope.agent.Two");
    List<String> lines =
        Stderr.linesOf(
            () -> {
              for (int i = 1; i <= 600; i++) {
                one.warn("one {}", i);
                two.warn("two {}", i);
              }
            });
    assertThat(lines).hasSize(1000);
    assertThat(lines.get(998)).endsWith("WARN one 500");
    assertThat(lines.get(999))
        .endsWith("WARN two 500 (the agent's last line: it has written 1000)");
  }

  /** The lines are counted for the JVM: a loader of its own starts the count anew. */
  private static ILoggerFactory fresh() {
    URL own = StderrLoggers.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader loader =
        new URLClassLoader(new URL[] {own}, StderrLoggersTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
              return loaded;
            }
            return name.startsWith(StderrLoggers.class.getName())
                ? findClass(name)
                : super.loadClass(name, resolve);
          }
        };
    try {
      var constructor = loader.loadClass(StderrLoggers.class.getName()).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (ILoggerFactory) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
