package io.tribescope.agent.hooks;

import net.bytebuddy.jar.asm.MethodVisitor;

/**
 * Reports what a method that sends over a transport catches: it swallows that, or throws something
 * else that no longer tells the cause.
 */
final class CaughtFailures extends BodyReports {
  static final String BRIDGE = "io/tribescope/agent/bridge/TransportBridge";

  @Override
  MethodVisitor into(MethodVisitor body, String method) {
    return new Visitor(body, method);
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
