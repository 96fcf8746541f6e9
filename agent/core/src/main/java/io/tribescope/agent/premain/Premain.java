package io.tribescope.agent.premain;

import java.lang.instrument.Instrumentation;

/**
 * Where the JVM enters the agent. Does as little as can be: a gate that watches for a cluster or a
 * replicated cache, and nothing else until it sees one. No logging framework, JMX or NIO.2 here,
 * for Tomcat sets its own log manager and MBean server builder after us.
 */
public final class Premain {
  private static final String MARK = "tribescope.agent.present";

  private Premain() {}

  public static void premain(String arguments, Instrumentation instrumentation) {
    try {
      if (!Jvm.mayRunTomcat(System.getProperty("sun.java.command", ""))) {
        return;
      }
      // A second agent would meet the bridge of the first.
      if (System.getProperty(MARK) != null) {
        Jvm.say("this JVM already has a Tribescope agent; the second one stays out");
        return;
      }
      System.setProperty(MARK, "true");
      instrumentation.addTransformer(new Gate(arguments, instrumentation), true);
    } catch (Throwable t) {
      Jvm.say("the agent could not start and stays out: " + t);
    }
  }
}
