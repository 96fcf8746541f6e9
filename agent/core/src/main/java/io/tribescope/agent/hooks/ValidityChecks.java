package io.tribescope.agent.hooks;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Reports each change that is taken from the queue of a JGroups peer, where the method asks it
 * whether its element is still there: one that was collected is passed over, and only its log
 * knows.
 */
final class ValidityChecks extends BodyReports {
  private static final String MESSAGE = "net/sf/ehcache/distribution/jgroups/JGroupEventMessage";

  @Override
  MethodVisitor into(MethodVisitor body, String method) {
    return new Visitor(body, method);
  }

  private static final class Visitor extends MethodVisitor {
    private final String method;
    private int checks;

    Visitor(MethodVisitor next, String method) {
      super(OpenedClassReader.ASM_API, next);
      this.method = method;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      boolean check = owner.equals(MESSAGE) && name.equals("isValid");
      if (check) {
        checks++;
        // Beneath the message lies then the name of its cache ...
        super.visitInsn(Opcodes.DUP);
        super.visitMethodInsn(
            Opcodes.INVOKEVIRTUAL, MESSAGE, "getCacheName", "()Ljava/lang/String;", false);
        super.visitInsn(Opcodes.SWAP);
      }
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      if (check) {
        // ... and beneath that the answer.
        super.visitInsn(Opcodes.DUP_X1);
        super.visitVarInsn(Opcodes.ALOAD, 0);
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            CaughtFailures.BRIDGE,
            "groupPolled",
            "(Ljava/lang/String;ZLjava/lang/Object;)V",
            false);
      }
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      super.visitMaxs(maxStack + 3, maxLocals);
    }

    @Override
    public void visitEnd() {
      if (checks == 0) {
        throw new IllegalStateException(method + " checks nothing");
      }
      super.visitEnd();
    }
  }
}
