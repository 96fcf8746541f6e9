package io.tribescope.agent.hooks;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.bridge.Guarded;
import io.tribescope.agent.hooks.ehcache.CacheJmsHooks;
import io.tribescope.agent.hooks.weaving.Hook;
import io.tribescope.agent.hooks.weaving.HookStatus;
import io.tribescope.agent.hooks.weaving.HookStatus.Outcome;
import io.tribescope.agent.hooks.weaving.HookTransformer;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is put into the bodies of Ehcache's methods. */
class BodyReportsTest {
  private static final String GUARDED = Type.getInternalName(Guarded.class);

  private final HookStatus status = new HookStatus();

  private static byte @Nullable [] code(String name) throws Exception {
    try (InputStream in =
        BodyReportsTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
      return in == null ? null : in.readAllBytes();
    }
  }

  @SuppressWarnings("NullAway") // null means "not a redefinition" to the transformer
  private byte @Nullable [] woven(List<Hook> hooks, String name, byte[] code) {
    return new HookTransformer(hooks, status)
        .transform(
            getClass().getClassLoader(),
            name.replace('.', '/'),
            null,
            getClass().getProtectionDomain(),
            code);
  }

  /** The calls of the bridge that are given a hook, and which. */
  private static Map<String, Set<String>> reports(byte[] code) {
    Map<String, Set<String>> reports = new TreeMap<>();
    new ClassReader(code)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String method, String type, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                  private Object last = "";

                  @Override
                  public void visitLdcInsn(Object value) {
                    last = value;
                  }

                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String name, String descriptor, boolean isInter) {
                    if (owner.equals(GUARDED) && descriptor.endsWith("Ljava/lang/String;)V")) {
                      reports
                          .computeIfAbsent(name + descriptor, key -> new TreeSet<>())
                          .add(String.valueOf(last));
                    }
                  }
                };
              }
            },
            0);
    return reports;
  }

  /** One that the bridge has not would be a LinkageError in Ehcache's own method. */
  @Test
  void eachReportIsAGuardedMethodOfTheBridgesUnderTheHooksName() throws Exception {
    Set<String> known =
        Arrays.stream(Guarded.class.getMethods())
            .map(method -> method.getName() + Type.getMethodDescriptor(method))
            .collect(toSet());
    Map<String, Set<String>> found = new HashMap<>();
    for (Hook hook : Hooks.all()) {
      byte[] code = hook.reports == null ? null : code(hook.className);
      byte[] woven = code == null ? null : woven(List.of(hook), hook.className, code);
      if (woven != null) {
        Map<String, Set<String>> reports = reports(woven);
        assertThat(known).containsAll(reports.keySet());
        for (Map.Entry<String, Set<String>> report : reports.entrySet()) {
          assertThat(report.getValue()).as(report.getKey()).containsExactly(hook.name);
          found
              .computeIfAbsent(
                  report.getKey().substring(0, report.getKey().indexOf('(')),
                  key -> new HashSet<>())
              .add(hook.name);
        }
      }
    }
    Set<String> toPeers =
        Set.of("cache-send-put", "cache-send-remove", "cache-send-remove-all", "cache-send-batch");
    assertThat(found)
        .containsEntry("peerCalling", toPeers)
        .containsEntry("peerCalled", toPeers)
        .containsEntry("peerFailed", toPeers)
        .containsEntry("polled", Set.of("cache-batch"))
        .containsEntry("queueDrained", Set.of("cache-jms-batch"))
        .containsEntry("sendingFailed", Set.of("cache-jms-send", "cache-jgroups-send"))
        .containsEntry("serializationFailed", Set.of("cache-jgroups-send"))
        .containsEntry("groupPolled", Set.of("cache-jgroups-batch"));
  }

  @Test
  void aMethodThatHasNothingToReportIsAnotherThanIsKnown() {
    String peer = "net.sf.ehcache.distribution.jms.JMSCachePeer";
    byte[] empty =
        new ByteBuddy()
            .subclass(Object.class)
            .name(peer)
            .defineMethod("send", void.class, Visibility.PUBLIC)
            .withParameters(List.class)
            .intercept(StubMethod.INSTANCE)
            .make()
            .getBytes();
    woven(CacheJmsHooks.all(), peer, empty);
    assertThat(status.outcomes()).containsEntry("cache-jms-send", Outcome.FAILED);

    String replicator = "net.sf.ehcache.distribution.jms.JMSCacheReplicator";
    byte[] noList =
        new ByteBuddy()
            .subclass(Object.class)
            .name(replicator)
            .defineMethod("flushReplicationQueue", void.class, Visibility.PUBLIC)
            .intercept(StubMethod.INSTANCE)
            .make()
            .getBytes();
    woven(CacheJmsHooks.all(), replicator, noList);
    assertThat(status.outcomes()).containsEntry("cache-jms-batch", Outcome.FAILED);
  }
}
