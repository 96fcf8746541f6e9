package io.tribescope.agent.hooks;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;

/**
 * Reports what a method that sends over a transport catches: it swallows that, or throws something
 * else that no longer tells the cause. What is caught around JGroups' serialization, which runs
 * code of the application's, is reported as that, whatever it is.
 */
final class CaughtFailures extends BodyReports {
  static final String BRIDGE = "io/tribescope/agent/bridge/TransportBridge";
  private static final String SERIALIZES = "objectToByteBuffer";

  @Override
  MethodVisitor into(MethodVisitor body, String method) {
    return new Visitor(body, method);
  }

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

  private static final class Visitor extends HandlerReports {
    private final String method;
    private final Set<Block> blocks = new HashSet<>();
    private final Set<Block> open = new HashSet<>();
    private final Set<Label> ofSerialization = new HashSet<>();

    Visitor(MethodVisitor next, String method) {
      super(next, BRIDGE, "sendingFailed");
      this.method = method;
    }

    @Override
    String event(Label handler) {
      return ofSerialization.contains(handler) ? "serializationFailed" : super.event(handler);
    }

    @Override
    @SuppressWarnings("NullAway") // ASM is not annotated
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
      blocks.add(new Block(start, end, handler));
      super.visitTryCatchBlock(start, end, handler, type);
    }

    @Override
    public void visitLabel(Label label) {
      open.removeIf(block -> block.end == label);
      for (Block block : blocks) {
        if (block.start == label) {
          open.add(block);
        }
      }
      super.visitLabel(label);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (name.equals(SERIALIZES)) {
        for (Block block : open) {
          ofSerialization.add(block.handler);
        }
      }
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
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
