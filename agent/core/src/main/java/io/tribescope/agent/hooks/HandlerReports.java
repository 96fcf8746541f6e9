package io.tribescope.agent.hooks;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Reports each exception that reaches a handler of the method's, at the head of the handler; takes
 * a copy of it, and leaves the stack as it was, so that no frame changes.
 */
class HandlerReports extends MethodVisitor {
  private final String bridge;
  private final String event;
  private final Set<Label> handlers = new HashSet<>();
  private @Nullable Label handling;
  private int reports;

  /**
   * @param bridge the class that is told, by its internal name
   * @param event its method, which takes a Throwable
   */
  HandlerReports(MethodVisitor next, String bridge, String event) {
    super(OpenedClassReader.ASM_API, next);
    this.bridge = bridge;
    this.event = event;
  }

  /** The method that is told of what reaches that handler. */
  String event(Label handler) {
    return event;
  }

  int reports() {
    return reports;
  }

  @Override
  @SuppressWarnings("NullAway") // ASM is not annotated
  public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
    handlers.add(handler);
    super.visitTryCatchBlock(start, end, handler, type);
  }

  @Override
  public void visitLabel(Label label) {
    super.visitLabel(label);
    if (handlers.contains(label)) {
      handling = label;
    }
  }

  // What a handler does first with its exception is to store it. One that does not is left alone:
  // further on, something else may lie on the stack.
  @Override
  public void visitVarInsn(int opcode, int variable) {
    Label handler = handling;
    if (handler != null && opcode == Opcodes.ASTORE) {
      super.visitInsn(Opcodes.DUP);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC, bridge, event(handler), "(Ljava/lang/Throwable;)V", false);
      reports++;
    }
    handling = null;
    super.visitVarInsn(opcode, variable);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    handling = null;
    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
  }

  @Override
  public void visitInsn(int opcode) {
    handling = null;
    super.visitInsn(opcode);
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    handling = null;
    super.visitFieldInsn(opcode, owner, name, descriptor);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    handling = null;
    super.visitTypeInsn(opcode, type);
  }

  @Override
  public void visitLdcInsn(Object value) {
    handling = null;
    super.visitLdcInsn(value);
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    handling = null;
    super.visitJumpInsn(opcode, label);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    super.visitMaxs(maxStack + 1, maxLocals);
  }
}
