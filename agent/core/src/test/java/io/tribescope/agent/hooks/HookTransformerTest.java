package io.tribescope.agent.hooks;

import static java.util.stream.Collectors.toSet;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.hooks.tribes.ReceiverHooks;
import io.tribescope.agent.hooks.weaving.Hook;
import io.tribescope.agent.hooks.weaving.HookStatus;
import io.tribescope.agent.hooks.weaving.HookStatus.Outcome;
import io.tribescope.agent.hooks.weaving.HookTransformer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;

/** What becomes of Tomcat's own classes, and of classes that only look like them. */
class HookTransformerTest {
  private static final String RECEIVER_POOL = "org.apache.catalina.tribes.transport.RxTaskPool";

  private final HookStatus status = new HookStatus();
  private final HookTransformer transformer = new HookTransformer(Hooks.all(), status);

  /** Hooked in Tomcat 6 and 7 alone, and in Ehcache 2.4 and earlier. */
  private static final Set<String> OLD =
      Set.of(
          "org.apache.catalina.tribes.group.interceptors.MessageDispatch15Interceptor",
          "net.sf.ehcache.distribution.EventMessage");

  @Test
  void everyHookTakesOnTheRealClasses() throws IOException {
    List<Hook> present =
        Hooks.all().stream().filter(hook -> !OLD.contains(hook.className)).toList();
    Set<String> classes = present.stream().map(hook -> hook.className).collect(toSet());
    for (String name : classes) {
      byte[] code = code(name);
      byte[] advised = transform(getClass().getClassLoader(), name, code);
      assertThat(advised).as(name).isNotNull().isNotEqualTo(code);
    }
    assertThat(status.outcomes().keySet())
        .containsExactlyInAnyOrderElementsOf(present.stream().map(Hook::name).collect(toSet()));
    assertThat(status.outcomes().values()).containsOnly(Outcome.APPLIED);
  }

  /** A class that does not verify would end what uses it. */
  @Test
  void everyAdvisedClassVerifies() throws Exception {
    Set<String> classes =
        Hooks.all().stream()
            .map(hook -> hook.className)
            .filter(name -> !OLD.contains(name))
            .collect(toSet());
    AdvisedLoader loader =
        new AdvisedLoader(transformer)
            .childFirst("org.apache.catalina.")
            .childFirst("net.sf.ehcache.");
    for (String name : classes) {
      loader.own(name);
    }
    for (String name : classes) {
      assertThat(Class.forName(name, true, loader).getClassLoader()).isSameAs(loader);
    }
  }

  @Test
  void anAdvisedClassKeepsItsShape() throws IOException, ClassNotFoundException {
    byte[] advised = transform(getClass().getClassLoader(), RECEIVER_POOL, code(RECEIVER_POOL));
    Class<?> original = Class.forName(RECEIVER_POOL);
    Class<?> loaded = new Definer(getClass().getClassLoader(), advised).loadClass(RECEIVER_POOL);
    assertThat(loaded).isNotSameAs(original);
    assertThat(names(loaded.getDeclaredMethods())).isEqualTo(names(original.getDeclaredMethods()));
    assertThat(names(loaded.getDeclaredFields())).isEqualTo(names(original.getDeclaredFields()));
  }

  @Test
  void aLoaderThatCannotSeeTheBridgeIsLeftAlone() throws IOException {
    byte[] advised =
        transform(ClassLoader.getPlatformClassLoader(), RECEIVER_POOL, code(RECEIVER_POOL));
    assertThat(advised).isNull();
    assertThat(status.outcomes()).isEqualTo(Map.of("receiver-worker", Outcome.BRIDGE_INVISIBLE));
  }

  @Test
  void aMethodThatIsNotThereIsNamed() {
    byte[] empty = new ByteBuddy().subclass(Object.class).name(RECEIVER_POOL).make().getBytes();
    assertThat(transform(getClass().getClassLoader(), RECEIVER_POOL, empty)).isNull();
    assertThat(status.outcomes()).isEqualTo(Map.of("receiver-worker", Outcome.NOT_FOUND));
  }

  @Test
  void aHookThatCannotBeWovenCostsItselfAlone() throws IOException {
    // Its advice wants a field that this class does not have.
    Hook bad = new Hook("bad", RECEIVER_POOL, named("getRxTask"), "tribes.SubmitHooks$MessageId");
    List<Hook> hooks = new ArrayList<>(ReceiverHooks.all());
    hooks.add(bad);
    byte[] code = code(RECEIVER_POOL);
    byte[] advised =
        transform(
            new HookTransformer(hooks, status), getClass().getClassLoader(), RECEIVER_POOL, code);
    assertThat(advised).isNotNull().isNotEqualTo(code);
    assertThat(status.outcomes())
        .isEqualTo(Map.of("receiver-worker", Outcome.APPLIED, "bad", Outcome.FAILED));
  }

  @Test
  void whatCannotBeReadFailsAndIsLeftAlone() {
    byte[] garbage = {(byte) 0xCA, (byte) 0xFE, 1, 2, 3};
    assertThat(transform(getClass().getClassLoader(), RECEIVER_POOL, garbage)).isNull();
    assertThat(status.outcomes()).isEqualTo(Map.of("receiver-worker", Outcome.FAILED));
  }

  @Test
  void otherClassesAreNotTouched() throws IOException {
    String other = "org.apache.catalina.tribes.ByteMessage";
    assertThat(transform(getClass().getClassLoader(), other, code(other))).isNull();
    assertThat(status.outcomes()).isEmpty();
  }

  private byte[] transform(ClassLoader loader, String name, byte[] code) {
    return transform(transformer, loader, name, code);
  }

  @SuppressWarnings("NullAway") // null means "not a redefinition" to the transformer
  private byte[] transform(
      HookTransformer transformer, ClassLoader loader, String name, byte[] code) {
    return transformer.transform(
        loader, name.replace('.', '/'), null, getClass().getProtectionDomain(), code);
  }

  private static byte[] code(String name) throws IOException {
    try (InputStream in =
        HookTransformerTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static Set<String> names(Object[] members) {
    return java.util.Arrays.stream(members).map(Object::toString).collect(toSet());
  }

  private static final class Definer extends ClassLoader {
    private final byte[] code;

    Definer(ClassLoader parent, byte[] code) {
      super(parent);
      this.code = code;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.equals(RECEIVER_POOL)
          ? defineClass(name, code, 0, code.length)
          : super.loadClass(name, resolve);
    }
  }
}
