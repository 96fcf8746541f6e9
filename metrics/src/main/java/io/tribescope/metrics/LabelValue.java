package io.tribescope.metrics;

import java.util.Locale;

/** How an enum's constant is written as a label's value. */
public final class LabelValue {
  private LabelValue() {}

  /** Its name in lower case, such as {@code no_ack}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
