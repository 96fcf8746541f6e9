package io.tribescope.agent.recording.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionKeyTest {
  private static final String ID = "0123456789ABCDEF0123456789ABCDEF";
  private final long seed = SessionKey.newSeed();

  @Test
  void aSessionKeepsItsKeyWhenItsRouteChanges() {
    long key = SessionKey.of(seed, ID + ".node1");
    assertThat(SessionKey.of(seed, ID + ".node2")).isEqualTo(key);
    assertThat(SessionKey.of(seed, ID)).isEqualTo(key);
    assertThat(SessionKey.of(seed, ID + ".node.3")).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0123456789ABCDEF0123456789ABCDE0",
        "1123456789ABCDEF0123456789ABCDEF",
        "0123456789ABCDEF0123456789ABCDE",
        "0123456789ABCDEF0123456789ABCDEF0",
        "",
      })
  void anotherIdHasAnotherKey(String id) {
    assertThat(SessionKey.of(seed, id)).isNotEqualTo(SessionKey.of(seed, ID));
  }

  @Test
  void eachStartOfAContextHasKeysOfItsOwn() {
    Set<Long> keys = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      keys.add(new ContextRecord(0, "localhost#/app", this, "node1").keyOf(ID));
    }
    assertThat(keys).hasSize(1000);
  }

  @Test
  void noKeyMeansAnEmptySlotOrOneThatIsBeingFilled() {
    for (int i = 0; i < 10_000; i++) {
      long key = SessionKey.of(seed, Integer.toString(i));
      assertThat(key).isNotZero();
      assertThat(key & 1).isZero();
    }
  }

  @Test
  void theRouteOfAnIdIsTheJvmRoute() {
    long node1 = SessionKey.ofRoute("node1");
    assertThat(node1).isNotZero().isNotEqualTo(SessionKey.ofRoute("node2"));
    assertThat(SessionKey.routeOf(ID + ".node1")).isEqualTo(node1);
    assertThat(SessionKey.routeOf("A.node1")).isEqualTo(node1);
    assertThat(SessionKey.routeOf("A.node.1")).isEqualTo(SessionKey.ofRoute("node.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ID, ID + ".", ".node1"})
  void anIdWithoutARouteHasNone(String id) {
    assertThat(SessionKey.routeOf(id)).isZero();
  }

  /** A class of its own has the secret of another JVM. */
  @Test
  void nodesAgreeOnRoutesAndNotOnSessions() throws Exception {
    URL classes = SessionKey.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader another = new URLClassLoader(new URL[] {classes}, null)) {
      Class<?> there = another.loadClass(SessionKey.class.getName());
      assertThat(there).isNotSameAs(SessionKey.class);
      assertThat(call(there, "ofRoute", String.class, "node1"))
          .isEqualTo(SessionKey.ofRoute("node1"));
      assertThat(call(there, "routeOf", String.class, ID + ".node1"))
          .isEqualTo(SessionKey.ofRoute("node1"));
      Set<Object> seeds = new HashSet<>();
      Method newSeed = there.getDeclaredMethod("newSeed");
      newSeed.setAccessible(true);
      for (int i = 0; i < 1000; i++) {
        seeds.add(SessionKey.newSeed());
        seeds.add(newSeed.invoke(null));
      }
      assertThat(seeds).hasSize(2000);
    }
  }

  private static Object call(Class<?> in, String method, Class<?> type, Object argument)
      throws ReflectiveOperationException {
    Method found = in.getDeclaredMethod(method, type);
    found.setAccessible(true);
    return found.invoke(null, argument);
  }
}
