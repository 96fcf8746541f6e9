package io.tribescope.agent.hooks;

import net.bytebuddy.asm.AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.pool.TypePool;

/** Reports of what happens within a method's body, where advice does not reach. */
abstract class BodyReports implements MethodVisitorWrapper {
  /**
   * Puts the reports into a body. It throws an IllegalStateException when it has found nothing to
   * report: the method is another one than is known.
   *
   * @param method its name, for that
   */
  abstract MethodVisitor into(MethodVisitor body, String method);

  /** These reports and others, of one body. */
  final BodyReports and(BodyReports others) {
    BodyReports these = this;
    return new BodyReports() {
      @Override
      MethodVisitor into(MethodVisitor body, String method) {
        return these.into(others.into(body, method), method);
      }
    };
  }

  @Override
  public final MethodVisitor wrap(
      TypeDescription type,
      MethodDescription method,
      MethodVisitor visitor,
      Implementation.Context context,
      TypePool types,
      int writerFlags,
      int readerFlags) {
    return into(visitor, method.getInternalName());
  }
}
