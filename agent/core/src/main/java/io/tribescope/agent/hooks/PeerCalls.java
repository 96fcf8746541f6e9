package io.tribescope.agent.hooks;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Reports the calls that a replicator's method makes of its peers, which advice cannot see: they
 * stand in a loop, and the method swallows what they throw. Around each call of {@code CachePeer}
 * stands a report, and one at the head of each exception handler; each takes a copy of what lies on
 * the stack and leaves that as it was, so that no frame changes. A JDK proxy around each peer would
 * tell as much, but cost an allocation a call and stand in the application's way.
 */
final class PeerCalls extends BodyReports {
  private static final String PEER = "net/sf/ehcache/distribution/CachePeer";
  static final String BRIDGE = "io/tribescope/agent/bridge/CacheBridge";
  private static final String OBJECT = "(Ljava/lang/Object;)V";

  @Override
  MethodVisitor into(MethodVisitor body, String method) {
    return new Visitor(body, method);
  }

  private static final class Visitor extends HandlerReports {
    private final String method;
    private int calls;

    Visitor(MethodVisitor next, String method) {
      super(next, BRIDGE, "peerFailed");
      this.method = method;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      boolean call = owner.equals(PEER) && isSending(name);
      if (call) {
        calls++;
        if (descriptor.startsWith("()")) {
          super.visitInsn(Opcodes.DUP);
        } else {
          super.visitInsn(Opcodes.DUP2);
          super.visitInsn(Opcodes.POP);
        }
        report("peerCalling", OBJECT);
      }
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      if (call) {
        report("peerCalled", "()V");
      }
    }

    private static boolean isSending(String name) {
      return name.equals("put")
          || name.equals("remove")
          || name.equals("removeAll")
          || name.equals("send");
    }

    private void report(String event, String descriptor) {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, event, descriptor, false);
    }

    // The handlers' report adds one more; of a call, copies of the peer and of its argument do.
    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      super.visitMaxs(maxStack + 1, maxLocals);
    }

    @Override
    public void visitEnd() {
      if (calls == 0) {
        throw new IllegalStateException(method + " calls no peer");
      }
      super.visitEnd();
    }
  }
}
