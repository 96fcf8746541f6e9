package io.tribescope.agent.hooks.weaving;

import java.io.IOException;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Looks up everything of Tomcat's and Ehcache's that an advice refers to, before it is applied: a
 * member that is missing in this version would otherwise be a LinkageError on every call.
 */
final class AdviceReferences {
  private static final String TOMCAT = "org/apache/";
  private static final String EHCACHE = "net/sf/ehcache/";

  private AdviceReferences() {}

  /** The first thing that is missing, in words for a log line; null when all is there. */
  static @Nullable String missing(
      Hook hook, TypeDescription type, ClassFileLocator adviceCode, TypePool tomcat) {
    if (type.getDeclaredMethods().filter(hook.methods).isEmpty()) {
      return "method for it in " + hook.className;
    }
    Collector collector = new Collector(tomcat);
    try {
      new ClassReader(adviceCode.locate(hook.advice).resolve())
          .accept(collector, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    } catch (IOException e) {
      return "readable advice " + hook.advice;
    }
    return collector.missing;
  }

  private static final class Collector extends ClassVisitor {
    private final TypePool tomcat;
    private @Nullable String missing;

    Collector(TypePool tomcat) {
      super(Opcodes.ASM9);
      this.tomcat = tomcat;
    }

    @Override
    @SuppressWarnings("NullAway") // ASM is not annotated
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
          require(owner, name, descriptor, true);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
          require(owner, name, descriptor, false);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
          if (isObserved(type)) {
            resolve(type);
          }
        }
      };
    }

    private static boolean isObserved(String internalName) {
      return internalName.startsWith(TOMCAT) || internalName.startsWith(EHCACHE);
    }

    private @Nullable TypeDescription resolve(String internalName) {
      TypePool.Resolution resolution =
          tomcat.describe(Type.getObjectType(internalName).getClassName());
      if (resolution.isResolved()) {
        return resolution.resolve();
      }
      missing = internalName;
      return null;
    }

    private void require(String owner, String name, String descriptor, boolean method) {
      if (!isObserved(owner)) {
        return;
      }
      TypeDescription type = resolve(owner);
      if (type != null && !declares(type, name, descriptor, method)) {
        missing = owner + "." + name + descriptor;
      }
    }

    private static boolean declares(
        TypeDefinition type, String name, String descriptor, boolean method) {
      if (method ? hasMethod(type, name, descriptor) : hasField(type, name, descriptor)) {
        return true;
      }
      for (TypeDefinition parent : type.getInterfaces()) {
        if (declares(parent, name, descriptor, method)) {
          return true;
        }
      }
      TypeDefinition parent = type.getSuperClass();
      return parent != null && declares(parent, name, descriptor, method);
    }

    private static boolean hasMethod(TypeDefinition type, String name, String descriptor) {
      for (MethodDescription method : type.getDeclaredMethods()) {
        if (method.getInternalName().equals(name) && method.getDescriptor().equals(descriptor)) {
          return true;
        }
      }
      return false;
    }

    private static boolean hasField(TypeDefinition type, String name, String descriptor) {
      for (FieldDescription field : type.getDeclaredFields()) {
        if (field.getInternalName().equals(name) && field.getDescriptor().equals(descriptor)) {
          return true;
        }
      }
      return false;
    }
  }
}
