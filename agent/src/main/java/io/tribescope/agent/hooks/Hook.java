package io.tribescope.agent.hooks;

import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** One join point: the methods of one class that get one advice. Immutable. */
public final class Hook {
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
    this.advice = Hook.class.getPackage().getName() + "." + advice;
  }

  public String name() {
    return name;
  }
}
