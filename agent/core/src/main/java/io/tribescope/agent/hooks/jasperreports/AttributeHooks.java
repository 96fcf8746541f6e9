package io.tribescope.agent.hooks.jasperreports;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;

/**
 * Where JasperReports Server finds an attribute that is not serializable. It sends a placeholder
 * and says so at DEBUG; Tomcat knows nothing of it.
 */
public final class AttributeHooks {
  private AttributeHooks() {}

  public static List<Hook> all() {
    return Collections.singletonList(
        new Hook(
            "attribute-dropped",
            "com.jaspersoft.jasperserver.core.util.TolerantObjectWrapper",
            named("testIsSerializable")
                .and(takesArguments(Object.class))
                .and(returns(boolean.class)),
            "jasperreports.AttributeHooks$AttributeDropped"));
  }

  static final class AttributeDropped {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object wrapper,
        @Advice.Argument(0) Object attribute,
        @Advice.Return boolean serializable) {
      if (!serializable && attribute != null) {
        Bridge.attributes()
            .attributeDropped(wrapper.getClass().getClassLoader(), attribute.getClass().getName());
      }
    }
  }
}
