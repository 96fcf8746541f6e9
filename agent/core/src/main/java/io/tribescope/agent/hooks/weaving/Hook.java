package io.tribescope.agent.hooks.weaving;

import static net.bytebuddy.matcher.ElementMatchers.any;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice.OffsetMapping;
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

  public final String name;
  public final String className;
  final ElementMatcher<? super MethodDescription> methods;
  public final String advice;

  /** What tells the versions for which the hook is; in others it is passed over in silence. */
  final ElementMatcher<? super TypeDescription> versions;

  /** What the methods do within that is reported, beside the advice; null for nothing. */
  public final @Nullable BodyReports reports;

  /** For parameters of the advice with annotations of our own. */
  final List<OffsetMapping.Factory<?>> bindings;

  /**
   * @param name stable, as published in {@code tribescope_agent_hook_status}
   * @param className of the class that declares the methods, with dots
   * @param advice its class in this package, by name: it is read as bytes, never loaded, and one
   *     that cannot be read costs this hook alone
   */
  public Hook(
      String name,
      String className,
      ElementMatcher<? super MethodDescription> methods,
      String advice) {
    this(
        name,
        className,
        methods,
        PACKAGE + advice,
        any(),
        null,
        Collections.<OffsetMapping.Factory<?>>emptyList());
  }

  private Hook(
      String name,
      String className,
      ElementMatcher<? super MethodDescription> methods,
      String advice,
      ElementMatcher<? super TypeDescription> versions,
      @Nullable BodyReports reports,
      List<OffsetMapping.Factory<?>> bindings) {
    this.name = name;
    this.className = className;
    this.methods = methods;
    this.advice = advice;
    this.versions = versions;
    this.reports = reports;
    this.bindings = bindings;
  }

  /** Only for classes like these: another hook of that name is for the others. */
  public Hook in(ElementMatcher<? super TypeDescription> classes) {
    return new Hook(name, className, methods, advice, classes, reports, bindings);
  }

  /** Reports what the methods do within, too. */
  public Hook with(BodyReports ofBody) {
    return new Hook(name, className, methods, advice, versions, ofBody, bindings);
  }

  /** Gives a value to a parameter of the advice, by its annotation. */
  public Hook binding(OffsetMapping.Factory<?> parameter) {
    List<OffsetMapping.Factory<?>> all = new ArrayList<>(bindings);
    all.add(parameter);
    return new Hook(name, className, methods, advice, versions, reports, all);
  }

  public String name() {
    return name;
  }
}
