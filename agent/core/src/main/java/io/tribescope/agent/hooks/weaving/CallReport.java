package io.tribescope.agent.hooks.weaving;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * What is reported of a call that stands in a method's body. A report takes copies of what lies on
 * the stack, and leaves that as it was. Immutable.
 */
public final class CallReport {
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String STRING = "Ljava/lang/String;";
  private static final String GUARDED = "io/tribescope/agent/bridge/Guarded";
  private static final Code NOTHING = (body, descriptor, hook) -> {};

  /** More than any report lays upon the stack. */
  static final int STACK = 4;

  /** Writes instructions before or after a call of that descriptor. */
  private interface Code {
    void write(MethodVisitor body, String descriptor, String hook);
  }

  private final String owner;
  private final List<String> names;
  private final Code before;
  private final Code after;

  /** Whether only the first such call is meant. */
  final boolean first;

  private CallReport(String owner, List<String> names, Code before, Code after, boolean first) {
    this.owner = owner;
    this.names = names;
    this.before = before;
    this.after = after;
    this.first = first;
  }

  /** Of calls with one argument or none: who is about to be called; and when that has returned. */
  public static CallReport around(String owner, List<String> names, String calling, String called) {
    return new CallReport(
        owner,
        names,
        (body, descriptor, hook) -> {
          if (descriptor.startsWith("()")) {
            body.visitInsn(Opcodes.DUP);
          } else {
            body.visitInsn(Opcodes.DUP2);
            body.visitInsn(Opcodes.POP);
          }
          report(body, calling, OBJECT, hook);
        },
        (body, descriptor, hook) -> report(body, called, "", hook),
        false);
  }

  /** Of the first call, without arguments: who is about to be called. */
  public static CallReport beforeFirst(String owner, String name, String event) {
    return new CallReport(
        owner,
        Collections.singletonList(name),
        (body, descriptor, hook) -> {
          body.visitInsn(Opcodes.DUP);
          report(body, event, "L" + owner + ";", hook);
        },
        NOTHING,
        true);
  }

  /** What the call returned, an object. */
  public static CallReport after(String owner, String name, String event) {
    return new CallReport(
        owner,
        Collections.singletonList(name),
        NOTHING,
        (body, descriptor, hook) -> {
          body.visitInsn(Opcodes.DUP);
          report(body, event, OBJECT, hook);
        },
        false);
  }

  /**
   * Of a check without arguments: a string that who is asked holds, the answer, and whose method
   * this stands in.
   */
  public static CallReport ofCheck(String owner, String name, String getter, String event) {
    return new CallReport(
        owner,
        Collections.singletonList(name),
        (body, descriptor, hook) -> {
          // Beneath who is asked lies then the string ...
          body.visitInsn(Opcodes.DUP);
          body.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, getter, "()" + STRING, false);
          body.visitInsn(Opcodes.SWAP);
        },
        (body, descriptor, hook) -> {
          // ... and beneath that the answer.
          body.visitInsn(Opcodes.DUP_X1);
          body.visitVarInsn(Opcodes.ALOAD, 0);
          report(body, event, STRING + "Z" + OBJECT, hook);
        },
        false);
  }

  boolean isOf(String calledOwner, String calledName) {
    return owner.equals(calledOwner) && names.contains(calledName);
  }

  void before(MethodVisitor body, String descriptor, String hook) {
    before.write(body, descriptor, hook);
  }

  public void after(MethodVisitor body, String descriptor, String hook) {
    after.write(body, descriptor, hook);
  }

  /** Calls the guarded method of that event with what lies on the stack, and the hook. */
  static void report(MethodVisitor body, String event, String arguments, String hook) {
    body.visitLdcInsn(hook);
    body.visitMethodInsn(
        Opcodes.INVOKESTATIC, GUARDED, event, "(" + arguments + STRING + ")V", false);
  }

  @Override
  public String toString() {
    return owner + "." + (names.size() == 1 ? names.get(0) : Arrays.toString(names.toArray()));
  }
}
