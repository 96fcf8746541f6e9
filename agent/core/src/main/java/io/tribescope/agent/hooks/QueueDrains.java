package io.tribescope.agent.hooks;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Reports what a replicator takes from its queue all at once: the list, where it is about to be
 * cleared for the first time, under the lock that whoever adds to it takes. Other lists that are
 * cleared later in the method are none.
 */
final class QueueDrains extends BodyReports {
  private final String bridge;

  /**
   * @param bridge the class that is told, by its internal name
   */
  QueueDrains(String bridge) {
    this.bridge = bridge;
  }

  @Override
  MethodVisitor into(MethodVisitor body, String method) {
    return new Visitor(body, bridge, method);
  }

  private static final class Visitor extends MethodVisitor {
    private final String bridge;
    private final String method;
    private int clears;

    Visitor(MethodVisitor next, String bridge, String method) {
      super(OpenedClassReader.ASM_API, next);
      this.bridge = bridge;
      this.method = method;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (owner.equals("java/util/List") && name.equals("clear") && clears++ == 0) {
        super.visitInsn(Opcodes.DUP);
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC, bridge, "drained", "(Ljava/util/List;)V", false);
      }
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      super.visitMaxs(maxStack + 1, maxLocals);
    }

    @Override
    public void visitEnd() {
      if (clears == 0) {
        throw new IllegalStateException(method + " clears no list");
      }
      super.visitEnd();
    }
  }
}
