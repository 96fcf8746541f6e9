package io.tribescope.agent.tomcat;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.ReflectionException;
import org.jspecify.annotations.Nullable;

/**
 * A fake of an MBean that Tomcat registers: attributes with their values, or a Callable that is
 * called for it.
 */
final class FakeMbean implements DynamicMBean {
  private final Map<String, ?> values;

  FakeMbean(Map<String, ?> values) {
    this.values = values;
  }

  @Override
  public Object getAttribute(String name) throws MBeanException {
    Object value = Objects.requireNonNull(values.get(name), name);
    try {
      return value instanceof Callable ? ((Callable<?>) value).call() : value;
    } catch (Exception e) {
      throw new MBeanException(e);
    }
  }

  /** As Tomcat's: what cannot be read is left out. */
  @Override
  public AttributeList getAttributes(String[] names) {
    AttributeList list = new AttributeList();
    for (String name : names) {
      try {
        list.add(new Attribute(name, getAttribute(name)));
      } catch (MBeanException | RuntimeException e) {
        // Left out.
      }
    }
    return list;
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    MBeanAttributeInfo[] attributes =
        values.keySet().stream()
            .map(name -> new MBeanAttributeInfo(name, "int", "", true, false, false))
            .toArray(MBeanAttributeInfo[]::new);
    return new MBeanInfo("BaseModelMBean", "", attributes, null, null, null);
  }

  @Override
  public void setAttribute(Attribute attribute) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable Object invoke(String action, Object[] params, String[] signature)
      throws ReflectionException {
    throw new UnsupportedOperationException();
  }
}
