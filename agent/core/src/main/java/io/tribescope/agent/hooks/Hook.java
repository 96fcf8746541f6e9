package io.tribescope.agent.hooks;

import static net.bytebuddy.matcher.ElementMatchers.any;

import net.bytebuddy.asm.AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/**
 * One join point: the methods of one class that get one advice. Immutable.
 *
 * <p>Where versions differ, several hooks bear one name, each for the classes of its time.
 */
public final class Hook {
  // Spelt out: on Java 8 getPackage() is null for classes of a loader that defines no packages.
  private static final String PACKAGE = "io.tribescope.agent.hooks.";

  final String name;
  final String className;
  final ElementMatcher<? super MethodDescription> methods;
  final String advice;

  /** What tells the versions for which the hook is; in others it is passed over in silence. */
  final ElementMatcher<? super TypeDescription> versions;

  /** Reports calls that the methods make, beside the advice; null for none. */
  final @Nullable MethodVisitorWrapper calls;

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
    this(name, className, methods, PACKAGE + advice, any(), null);
  }

  private Hook(
      String name,
      String className,
      ElementMatcher<? super MethodDescription> methods,
      String advice,
      ElementMatcher<? super TypeDescription> versions,
      @Nullable MethodVisitorWrapper calls) {
    this.name = name;
    this.className = className;
    this.methods = methods;
    this.advice = advice;
    this.versions = versions;
    this.calls = calls;
  }

  /** Only for classes like these: another hook of that name is for the others. */
  Hook in(ElementMatcher<? super TypeDescription> classes) {
    return new Hook(name, className, methods, advice, classes, calls);
  }

  /** Reports calls that the methods make, too. */
  Hook with(MethodVisitorWrapper reports) {
    return new Hook(name, className, methods, advice, versions, reports);
  }

  public String name() {
    return name;
  }
}
