package io.tribescope.agent.hooks;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Reports what a replicator takes from its queue: an entry whose content was collected is passed
 * over by the method, and only its log knows.
 */
final class QueuePolls extends BodyReports {
  @Override
  MethodVisitor into(MethodVisitor body, String method) {
    return new Visitor(body, method);
  }

  private static final class Visitor extends MethodVisitor {
    private final String method;
    private int polls;

    Visitor(MethodVisitor next, String method) {
      super(OpenedClassReader.ASM_API, next);
      this.method = method;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      if (owner.equals("java/util/Queue") && name.equals("poll")) {
        polls++;
        super.visitInsn(Opcodes.DUP);
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC, PeerCalls.BRIDGE, "polled", "(Ljava/lang/Object;)V", false);
      }
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      super.visitMaxs(maxStack + 1, maxLocals);
    }

    @Override
    public void visitEnd() {
      if (polls == 0) {
        throw new IllegalStateException(method + " polls no queue");
      }
      super.visitEnd();
    }
  }
}
