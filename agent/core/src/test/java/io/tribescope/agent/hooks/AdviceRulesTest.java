package io.tribescope.agent.hooks;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.hooks.weaving.BridgeClasses;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** What every advice must keep to, in its byte code. */
class AdviceRulesTest {
  private static final String BRIDGE = "io/tribescope/agent/bridge/";

  private static Set<String> advices() {
    return Hooks.all().stream().map(hook -> hook.advice).collect(toSet());
  }

  private static ClassReader read(String name) throws IOException {
    try (InputStream in =
        AdviceRulesTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
      return new ClassReader(in);
    }
  }

  /** Without it, what is thrown would go up into Tomcat. */
  @Test
  void eachIsSurroundedByTheHandler() throws Exception {
    for (String advice : advices()) {
      int found = 0;
      for (Method method : Class.forName(advice).getDeclaredMethods()) {
        Advice.OnMethodEnter enter = method.getAnnotation(Advice.OnMethodEnter.class);
        Advice.OnMethodExit exit = method.getAnnotation(Advice.OnMethodExit.class);
        if (enter != null) {
          found++;
          assertThat(enter.suppress()).as(advice).isEqualTo(Throwable.class);
        }
        if (exit != null) {
          found++;
          assertThat(exit.suppress()).as(advice).isEqualTo(Throwable.class);
        }
      }
      assertThat(found).as(advice).isBetween(1, 2);
    }
  }

  /** An event that fails ends the advice: in a loop it must be one of the bridge's guarded ones. */
  @Test
  void noEventStandsUnguardedInALoop() throws Exception {
    for (String advice : advices()) {
      read(advice)
          .accept(
              new ClassVisitor(Opcodes.ASM9) {
                @Override
                public MethodVisitor visitMethod(
                    int access, String name, String type, String signature, String[] thrown) {
                  return new LoopedEvents(advice + "." + name);
                }
              },
              ClassReader.SKIP_FRAMES);
    }
  }

  /** Looks for calls of events between a label and a jump back to it. */
  private static final class LoopedEvents extends MethodVisitor {
    private final String where;
    private final Map<Label, Integer> eventsBefore = new HashMap<>();
    private int events;

    LoopedEvents(String where) {
      super(Opcodes.ASM9);
      this.where = where;
    }

    @Override
    public void visitLabel(Label label) {
      eventsBefore.put(label, events);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (isInterface && owner.startsWith(BRIDGE)) {
        events++;
      }
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      assertThat(eventsBefore.getOrDefault(label, events)).as(where).isEqualTo(events);
    }
  }

  /** What a loader has linked once it links for ever, also when it was stopped. */
  @Test
  void whatTheyReferToIsLinkedWhenTheyAreWoven() throws Exception {
    Set<String> referred = new TreeSet<>();
    for (String advice : advices()) {
      read(advice)
          .accept(
              new ClassVisitor(Opcodes.ASM9) {
                @Override
                public MethodVisitor visitMethod(
                    int access, String name, String type, String signature, String[] thrown) {
                  return new Owners(referred);
                }
              },
              ClassReader.SKIP_FRAMES);
    }
    List<String> linked = BridgeClasses.all().stream().map(Class::getName).toList();
    assertThat(referred).hasSizeGreaterThan(10).isSubsetOf(linked);
  }

  /** Collects the bridge's classes that instructions refer to. */
  private static final class Owners extends MethodVisitor {
    private final Set<String> owners;

    Owners(Set<String> owners) {
      super(Opcodes.ASM9);
      this.owners = owners;
    }

    private void add(String owner) {
      if (owner.startsWith(BRIDGE)) {
        owners.add(owner.replace('/', '.'));
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      add(owner);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      add(owner);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      add(type);
    }
  }
}
