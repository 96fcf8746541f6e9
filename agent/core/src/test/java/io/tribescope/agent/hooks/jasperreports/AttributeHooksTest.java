package io.tribescope.agent.hooks.jasperreports;

import static org.assertj.core.api.Assertions.assertThat;

import com.jaspersoft.jasperserver.core.util.TolerantObjectWrapper;
import io.tribescope.agent.bridge.AttributeEvents;
import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.hooks.Hooks;
import io.tribescope.agent.hooks.weaving.HookStatus;
import io.tribescope.agent.hooks.weaving.HookTransformer;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The advice at work, in a fake of the product's class. */
class AttributeHooksTest {
  private static final String WRAPPER = TolerantObjectWrapper.class.getName();

  private final List<Object> loaders = new ArrayList<>();
  private final List<String> types = new ArrayList<>();

  @BeforeEach
  void listen() {
    Bridge.connect(
        new AttributeEvents() {
          @Override
          public void attributeDropped(Object loader, String type) {
            loaders.add(loader);
            types.add(type);
          }
        });
  }

  @AfterEach
  void disconnect() {
    Bridge.connect(AttributeEvents.NONE);
  }

  /** Loads the wrapper, advised, as a webapp's loader would. */
  private static final class Advised extends ClassLoader {
    Advised() {
      super(AttributeHooksTest.class.getClassLoader());
    }

    @Override
    @SuppressWarnings("NullAway") // null means "not a redefinition" to the transformer
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(WRAPPER)) {
        return super.loadClass(name, resolve);
      }
      String file = WRAPPER.replace('.', '/');
      try (InputStream in = getResourceAsStream(file + ".class")) {
        byte[] code =
            new HookTransformer(Hooks.all(), new HookStatus())
                .transform(this, file, null, getClass().getProtectionDomain(), in.readAllBytes());
        return defineClass(name, code, 0, code.length);
      } catch (java.io.IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void onlyWhatIsNotSerializableIsReportedWithItsClass() throws Exception {
    Advised webapp = new Advised();
    Class<?> type = webapp.loadClass(WRAPPER);
    Object wrapper = type.getDeclaredConstructor().newInstance();
    var isKept = type.getMethod("isKept", Object.class);
    assertThat(isKept.invoke(wrapper, "serializable")).isEqualTo(true);
    assertThat(isKept.invoke(wrapper, (Object) null)).isEqualTo(true);
    assertThat(types).isEmpty();
    assertThat(isKept.invoke(wrapper, new Thread("not serializable"))).isEqualTo(false);
    assertThat(types).containsExactly("java.lang.Thread");
    assertThat(loaders).containsExactly(webapp);
  }
}
