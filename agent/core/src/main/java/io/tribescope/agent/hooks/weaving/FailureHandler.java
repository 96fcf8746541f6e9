package io.tribescope.agent.hooks.weaving;

import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Woven into every advice of a hook, where what the advice throws ends: counts it for the hook, and
 * goes on with the method. The call to the bridge is guarded once more. Linking it can fail, as in
 * a web application that was stopped, whose loader refuses to load a class; and what is thrown in
 * an exception handler would go up into Tomcat.
 */
final class FailureHandler implements Advice.ExceptionHandler {
  private static final String BRIDGE = "io/tribescope/agent/bridge/Bridge";
  private static final String THROWABLE = "java/lang/Throwable";

  private final String hook;

  FailureHandler(String hook) {
    this.hook = hook;
  }

  @Override
  public StackManipulation resolve(MethodDescription method, TypeDescription type) {
    return new CountAndGoOn(hook);
  }

  private static final class CountAndGoOn extends StackManipulation.AbstractBase {
    private final String hook;

    CountAndGoOn(String hook) {
      this.hook = hook;
    }

    @Override
    public Size apply(MethodVisitor code, Implementation.Context context) {
      Label begin = new Label();
      Label end = new Label();
      Label failedAgain = new Label();
      Label goOn = new Label();
      code.visitTryCatchBlock(begin, end, failedAgain, THROWABLE);
      code.visitLabel(begin);
      code.visitLdcInsn(hook);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          BRIDGE,
          "failed",
          "(Ljava/lang/Throwable;Ljava/lang/String;)V",
          false);
      code.visitLabel(end);
      code.visitJumpInsn(Opcodes.GOTO, goOn);
      code.visitLabel(failedAgain);
      // Class files have stack maps from Java 6 on; the locals are still those of this handler.
      boolean stackMaps = context.getClassFileVersion().isAtLeast(ClassFileVersion.JAVA_V6);
      if (stackMaps) {
        code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {THROWABLE});
      }
      code.visitInsn(Opcodes.POP);
      code.visitLabel(goOn);
      if (stackMaps) {
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
      }
      return new Size(-1, 1);
    }
  }
}
