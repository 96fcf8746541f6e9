package io.tribescope.agent.hooks.weaving;

import io.tribescope.agent.hooks.weaving.HookStatus.Outcome;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the advice into Tomcat's and Ehcache's classes as they load. Plain Byte Buddy under a
 * transformer of our own, since an AgentBuilder's set-up is paid on Tomcat's start-up thread
 * (docs/decisions/0001). Adds no member, no field and no type to a class. Never throws: a class
 * that cannot be advised loads as it is.
 */
public final class HookTransformer implements ClassFileTransformer {
  private static final Logger logger = LoggerFactory.getLogger(HookTransformer.class);

  private static final Set<Class<?>> BRIDGE = BridgeClasses.all();

  private final ByteBuddy byteBuddy =
      new ByteBuddy()
          .with(TypeValidation.DISABLED)
          .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
          .with(InstrumentedType.Factory.Default.FROZEN);
  private final Map<String, List<Hook>> hooks;
  private final HookStatus status;
  private final LongAdder spentNanos = new LongAdder();
  private final ClassFileLocator adviceCode =
      ClassFileLocator.ForClassLoader.of(HookTransformer.class.getClassLoader());

  public HookTransformer(List<Hook> hooks, HookStatus status) {
    this.hooks = byInternalName(hooks);
    this.status = status;
  }

  /** The hooks by the internal name of their class, as the JVM names it to a transformer. */
  private static Map<String, List<Hook>> byInternalName(List<Hook> hooks) {
    Map<String, List<Hook>> byName = new HashMap<>();
    for (Hook hook : hooks) {
      byName.computeIfAbsent(hook.className.replace('.', '/'), name -> new ArrayList<>()).add(hook);
    }
    return byName;
  }

  /** What the transformation of classes has taken until now, on the threads that loaded them. */
  public double spentSeconds() {
    return spentNanos.sum() / 1e9;
  }

  @Override
  @SuppressWarnings("NullAway") // null means "unchanged" to the JVM
  public byte[] transform(
      ClassLoader loader,
      String internalName,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] code) {
    List<Hook> wanted = internalName == null ? null : hooks.get(internalName);
    if (wanted == null) {
      return null;
    }
    long begin = System.nanoTime();
    try {
      if (!seesBridge(loader)) {
        reportAll(wanted, Outcome.BRIDGE_INVISIBLE);
        return null;
      }
      return advise(loader, internalName.replace('/', '.'), code, wanted);
    } catch (Throwable t) {
      reportAll(wanted, Outcome.FAILED);
      logger.warn("Cannot observe {}: its hooks failed, the class runs as it is", internalName, t);
      return null;
    } finally {
      spentNanos.add(System.nanoTime() - begin);
    }
  }

  /**
   * Whether code of that loader links to the agent's own bridge, and not to another or none. The
   * walk comes first, since most loaders that cannot see it need not be asked. To ask links the
   * bridge for good: the JVM remembers what a loader once answered, and does not ask again when the
   * loader has been stopped.
   */
  private static boolean seesBridge(ClassLoader loader) {
    ClassLoader system = ClassLoader.getSystemClassLoader();
    for (ClassLoader l = loader; l != null; l = l.getParent()) {
      if (l == system) {
        return linksBridge(loader);
      }
    }
    return false;
  }

  private static boolean linksBridge(ClassLoader loader) {
    try {
      for (Class<?> seen : BRIDGE) {
        if (Class.forName(seen.getName(), false, loader) != seen) {
          return false;
        }
      }
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private byte @Nullable [] advise(
      ClassLoader loader, String name, byte[] code, List<Hook> wanted) {
    ClassFileLocator tomcatCode =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(name, code), ClassFileLocator.ForClassLoader.of(loader));
    TypePool tomcat = TypePool.Default.of(tomcatCode);
    TypePool advices = TypePool.Default.of(new ClassFileLocator.Compound(adviceCode, tomcatCode));
    TypeDescription type = tomcat.describe(name).resolve();
    List<Hook> able = new ArrayList<>();
    for (Hook hook : wanted) {
      try {
        if (!hook.versions.matches(type)) {
          continue;
        }
        String missing = AdviceReferences.missing(hook, type, adviceCode, tomcat);
        if (missing == null) {
          able.add(hook);
        } else {
          status.report(hook.name, Outcome.NOT_FOUND);
          logger.warn("Hook {} not applied: there is no {}", hook.name, missing);
        }
      } catch (RuntimeException e) {
        failed(hook, e);
      }
    }
    Weaver weaver = new Weaver(type, tomcatCode, advices);
    try {
      return woven(weaver, able);
    } catch (RuntimeException e) {
      return woven(weaver, withoutTheBad(weaver, able));
    }
  }

  private byte @Nullable [] woven(Weaver weaver, List<Hook> able) {
    byte[] advised = able.isEmpty() ? null : weaver.weave(able);
    reportAll(able, Outcome.APPLIED);
    return advised;
  }

  /** One that cannot be woven costs itself alone. */
  private List<Hook> withoutTheBad(Weaver weaver, List<Hook> able) {
    List<Hook> good = new ArrayList<>();
    for (Hook hook : able) {
      try {
        weaver.weave(Collections.singletonList(hook));
        good.add(hook);
      } catch (RuntimeException e) {
        failed(hook, e);
      }
    }
    return good;
  }

  private void failed(Hook hook, RuntimeException cause) {
    status.report(hook.name, Outcome.FAILED);
    logger.warn("Hook {} not applied: {}", hook.name, cause.toString());
  }

  /** Puts advice into one class. */
  private final class Weaver {
    private final TypeDescription type;
    private final ClassFileLocator tomcatCode;
    private final TypePool advices;

    Weaver(TypeDescription type, ClassFileLocator tomcatCode, TypePool advices) {
      this.type = type;
      this.tomcatCode = tomcatCode;
      this.advices = advices;
    }

    byte[] weave(List<Hook> hooks) {
      DynamicType.Builder<?> builder = byteBuddy.decorate(type, tomcatCode);
      for (Hook hook : hooks) {
        TypeDescription advice = advices.describe(hook.advice).resolve();
        Advice.WithCustomMapping parameters = Advice.withCustomMapping();
        for (Advice.OffsetMapping.Factory<?> binding : hook.bindings) {
          parameters = parameters.bind(binding);
        }
        builder =
            builder.visit(
                parameters
                    .to(advice, adviceCode)
                    .withExceptionHandler(new FailureHandler(hook.name))
                    .on(hook.methods));
        if (hook.reports != null) {
          builder =
              builder.visit(
                  new AsmVisitorWrapper.ForDeclaredMethods()
                      .method(hook.methods, hook.reports.of(hook.name)));
        }
      }
      return builder.make().getBytes();
    }
  }

  private void reportAll(List<Hook> hooks, Outcome outcome) {
    for (Hook hook : hooks) {
      status.report(hook.name, outcome);
    }
  }
}
