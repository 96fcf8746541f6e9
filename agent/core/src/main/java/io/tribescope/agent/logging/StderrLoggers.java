package io.tribescope.agent.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * The agent's log: lines on stderr, warnings and errors always, information too. Tomcat's log
 * manager is not ours to touch. After 1,000 lines it falls silent, so that no fault of the agent's
 * fills a disk.
 */
final class StderrLoggers implements ILoggerFactory {
  private static final int LIMIT = 1000;
  private static final AtomicInteger LINES = new AtomicInteger();
  private static final boolean DEBUG = Boolean.getBoolean("tribescope.debug");

  private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();

  @Override
  public Logger getLogger(String name) {
    return loggers.computeIfAbsent(name, StderrLogger::new);
  }

  private static final class StderrLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    /** Libraries inside the agent are heard only when something is wrong. */
    private final boolean own;

    StderrLogger(String name) {
      this.name = name;
      own = name.startsWith("io.tribescope.");
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return own && DEBUG;
    }

    @Override
    public boolean isInfoEnabled() {
      return own;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    @SuppressWarnings("NullAway") // SLF4J is not annotated
    protected String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String pattern,
        Object @Nullable [] arguments,
        @Nullable Throwable failure) {
      int line = LINES.incrementAndGet();
      if (line > LIMIT) {
        return;
      }
      StringWriter text = new StringWriter();
      PrintWriter out = new PrintWriter(text);
      out.print(Instant.now().truncatedTo(ChronoUnit.MILLIS));
      out.print(" [tribescope] " + level + " ");
      out.print(MessageFormatter.basicArrayFormat(pattern, arguments));
      if (line == LIMIT) {
        out.print(" (the agent's last line: it has written " + LIMIT + ")");
      }
      out.println();
      if (failure != null) {
        failure.printStackTrace(out);
      }
      System.err.print(text);
    }
  }
}
