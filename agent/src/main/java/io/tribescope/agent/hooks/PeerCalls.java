package io.tribescope.agent.hooks;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.asm.AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Reports the calls that a replicator's method makes of its peers, which advice cannot see: they
 * stand in a loop, and the method swallows what they throw. Around each call of {@code CachePeer}
 * stands a report, and one at the head of each exception handler; each takes a copy of what lies on
 * the stack and leaves that as it was, so that no frame changes. A JDK proxy around each peer would
 * tell as much, but cost an allocation a call and stand in the application's way.
 */
final class PeerCalls implements MethodVisitorWrapper {
  private static final String PEER = "net/sf/ehcache/distribution/CachePeer";
  static final String BRIDGE = "io/tribescope/agent/bridge/CacheBridge";
  private static final String OBJECT = "(Ljava/lang/Object;)V";

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

  private static final class Visitor extends MethodVisitor {
    /** What a report adds to the stack: at most copies of the peer and of its argument. */
    private static final int DEPTH = 2;

    private final String method;
    private final Set<Label> handlers = new HashSet<>();
    private boolean handling;
    private int calls;

    Visitor(MethodVisitor next, String method) {
      super(OpenedClassReader.ASM_API, next);
      this.method = method;
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
      handling |= handlers.contains(label);
    }

    // What a handler does first with its exception is to store it. One that does not is left alone:
    // further on, something else may lie on the stack.
    @Override
    public void visitVarInsn(int opcode, int variable) {
      if (handling && opcode == Opcodes.ASTORE) {
        super.visitInsn(Opcodes.DUP);
        report("peerFailed", "(Ljava/lang/Throwable;)V");
      }
      handling = false;
      super.visitVarInsn(opcode, variable);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      handling = false;
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

    @Override
    public void visitInsn(int opcode) {
      handling = false;
      super.visitInsn(opcode);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      handling = false;
      super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      handling = false;
      super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitLdcInsn(Object value) {
      handling = false;
      super.visitLdcInsn(value);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      handling = false;
      super.visitJumpInsn(opcode, label);
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

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      super.visitMaxs(maxStack + DEPTH, maxLocals);
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
