package io.tribescope.metrics;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** Finds the families that classes declare. */
public final class Declared {
  private Declared() {}

  /** The constants of these classes, whatever their visibility, in the order of the source. */
  public static List<MetricFamily> in(Class<?>... classes) {
    List<MetricFamily> families = new ArrayList<>();
    for (Class<?> owner : classes) {
      for (Field field : owner.getDeclaredFields()) {
        if (field.getType() == MetricFamily.class && Modifier.isStatic(field.getModifiers())) {
          families.add(value(field));
        }
      }
    }
    return families;
  }

  private static MetricFamily value(Field field) {
    try {
      field.setAccessible(true);
      return (MetricFamily) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
