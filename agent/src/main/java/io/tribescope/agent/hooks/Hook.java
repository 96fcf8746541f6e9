package io.tribescope.agent.hooks;

import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** One join point: the methods of one class that get one advice. Immutable. */
public final class Hook {
  // Spelt out: on Java 8 getPackage() is null for classes of a loader that defines no packages.
  private static final String PACKAGE = "io.tribescope.agent.hooks.";

  final String name;
  final String className;
  final ElementMatcher<? super MethodDescription> methods;
  final String advice;

  /**
   * @param name stable, as published in {@code tribescope_agent_hook_status}
   * @param className of the class that declares the methods, with dots
   * @param advice its class in this package, by name: it is read as bytes, never loaded, and one
   *     that cannot be read costs this hook alone
   */
  Hook(
      String name,
      String className,
      ElementMatcher<? super MethodDescription> methods,
      String advice) {
    this.name = name;
    this.className = className;
    this.methods = methods;
    this.advice = PACKAGE + advice;
  }

  public String name() {
    return name;
  }
}
