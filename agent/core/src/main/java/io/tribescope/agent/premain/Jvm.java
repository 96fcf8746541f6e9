package io.tribescope.agent.premain;

import java.util.Locale;

/** The JVM that the agent finds itself in. */
final class Jvm {
  private Jvm() {}

  /**
   * Whether a Tomcat may run here. False for the short-lived JVMs that inherit JAVA_OPTS: Tomcat's
   * own {@code stop}, {@code version} and {@code configtest}, and the JDK's tools.
   *
   * @param command main class and arguments, as the JVM gives them in {@code sun.java.command}
   */
  static boolean mayRunTomcat(String command) {
    if (command.startsWith("jdk.")
        || command.startsWith("sun.tools.")
        || command.startsWith("com.sun.tools.")) {
      return false;
    }
    String[] words = command.split(" ", -1);
    if (words[0].startsWith("org.apache.catalina.util.ServerInfo")) {
      return false;
    }
    if (!words[0].startsWith("org.apache.catalina.startup.Bootstrap")) {
      return true;
    }
    // Bootstrap, too, takes the last word for its command.
    String last = words[words.length - 1].toLowerCase(Locale.ROOT);
    return !(last.equals("stop") || last.equals("configtest") || last.equals("version"));
  }

  /** For what goes wrong before there is a logger. */
  static void say(String message) {
    System.err.println("[tribescope] " + message);
  }
}
