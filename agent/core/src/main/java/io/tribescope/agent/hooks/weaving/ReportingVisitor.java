package io.tribescope.agent.hooks.weaving;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Puts reports into a method's body: before and after calls, and at the head of exception handlers.
 * No frame changes. Throws an IllegalStateException where it has found nothing to report: the
 * method is another one than is known.
 */
final class ReportingVisitor extends MethodVisitor {
  private final List<CallReport> calls;
  private final @Nullable HandlerReport handlers;
  private final String hook;
  private final String method;
  private final int[] found;
  private final Set<Block> blocks = new HashSet<>();
  private final Set<Block> open = new HashSet<>();

  /** Handlers of blocks with a call that has an event of its own. */
  private final Set<Label> around = new HashSet<>();

  private @Nullable Label handling;
  private int handled;

  /** A range of instructions, and the handler of what they throw. */
  private static final class Block {
    final Label start;
    final Label end;
    final Label handler;

    Block(Label start, Label end, Label handler) {
      this.start = start;
      this.end = end;
      this.handler = handler;
    }
  }

  /**
   * @param method its name, for the one that has nothing to report
   */
  ReportingVisitor(MethodVisitor body, BodyReports reports, String hook, String method) {
    super(OpenedClassReader.ASM_API, body);
    this.calls = reports.calls;
    this.handlers = reports.handlers;
    this.hook = hook;
    this.method = method;
    this.found = new int[calls.size()];
  }

  @Override
  @SuppressWarnings("NullAway") // ASM is not annotated
  public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
    blocks.add(new Block(start, end, handler));
    super.visitTryCatchBlock(start, end, handler, type);
  }

  @Override
  public void visitLabel(Label label) {
    super.visitLabel(label);
    open.removeIf(block -> block.end == label);
    for (Block block : blocks) {
      if (block.start == label) {
        open.add(block);
      }
      if (block.handler == label) {
        handling = label;
      }
    }
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    handling = null;
    if (handlers != null && name.equals(handlers.around)) {
      for (Block block : open) {
        around.add(block.handler);
      }
    }
    CallReport report = reportOf(owner, name);
    if (report != null) {
      report.before(mv, descriptor, hook);
    }
    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    if (report != null) {
      report.after(mv, descriptor, hook);
    }
  }

  private @Nullable CallReport reportOf(String owner, String name) {
    for (int i = 0; i < found.length; i++) {
      CallReport report = calls.get(i);
      if (report.isOf(owner, name)) {
        return found[i]++ > 0 && report.first ? null : report;
      }
    }
    return null;
  }

  // What a handler does first with its exception is to store it. One that does not is left alone:
  // further on, something else may lie on the stack.
  @Override
  public void visitVarInsn(int opcode, int variable) {
    Label handler = handling;
    if (handlers != null && handler != null && opcode == Opcodes.ASTORE) {
      super.visitInsn(Opcodes.DUP);
      CallReport.report(
          mv,
          around.contains(handler) ? handlers.eventAround : handlers.event,
          "Ljava/lang/Throwable;",
          hook);
      handled++;
    }
    handling = null;
    super.visitVarInsn(opcode, variable);
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
    super.visitMaxs(maxStack + CallReport.STACK, maxLocals);
  }

  @Override
  public void visitEnd() {
    for (int i = 0; i < found.length; i++) {
      if (found[i] == 0) {
        throw new IllegalStateException(method + " does not call " + calls.get(i));
      }
    }
    if (calls.isEmpty() && handled == 0) {
      throw new IllegalStateException(method + " catches nothing");
    }
    super.visitEnd();
  }
}
