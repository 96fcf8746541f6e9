package io.tribescope.agent.hooks;

import net.bytebuddy.asm.AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.pool.TypePool;

/**
 * Reports what a method that sends over a transport catches: it swallows that, or throws something
 * else that no longer tells the cause.
 */
final class CaughtFailures implements MethodVisitorWrapper {
  static final String BRIDGE = "io/tribescope/agent/bridge/TransportBridge";

  @Override
  public MethodVisitor wrap(
      TypeDescription type,
      MethodDescription method,
      MethodVisitor visitor,
      Implementation.Context context,
      TypePool types,
      int writerFlags,
      int readerFlags) {
    return new Visitor(visitor, method.getInternalName());
  }

  private static final class Visitor extends HandlerReports {
    private final String method;

    Visitor(MethodVisitor next, String method) {
      super(next, BRIDGE, "sendingFailed");
      this.method = method;
    }

    @Override
    public void visitEnd() {
      if (reports() == 0) {
        throw new IllegalStateException(method + " catches nothing");
      }
      super.visitEnd();
    }
  }
}
