package io.tribescope.agent.hooks.weaving;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Reports of what happens within a method's body, where advice does not reach. A JDK proxy around
 * what is called would tell as much, but cost an allocation a call and stand in the application's
 * way. Immutable.
 */
public final class BodyReports {
  final List<CallReport> calls;

  /** Null where no handler is of interest. */
  final @Nullable HandlerReport handlers;

  private BodyReports(List<CallReport> calls, @Nullable HandlerReport handlers) {
    this.calls = calls;
    this.handlers = handlers;
  }

  public static BodyReports of(CallReport... calls) {
    return new BodyReports(Arrays.asList(calls), null);
  }

  public static BodyReports of(HandlerReport handlers) {
    return new BodyReports(Collections.<CallReport>emptyList(), handlers);
  }

  public BodyReports and(CallReport call) {
    List<CallReport> all = new ArrayList<>(calls);
    all.add(call);
    return new BodyReports(all, handlers);
  }

  public BodyReports and(HandlerReport ofHandlers) {
    return new BodyReports(calls, ofHandlers);
  }

  /** For methods of the hook of that name: what a report throws is counted for it. */
  public MethodVisitorWrapper of(String hook) {
    return (type, method, body, context, types, writerFlags, readerFlags) ->
        new ReportingVisitor(body, this, hook, method.getInternalName());
  }
}
