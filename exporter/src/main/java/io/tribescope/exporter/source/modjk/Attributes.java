package io.tribescope.exporter.source.modjk;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** One element's attributes, each optional: absent or not understood is {@code null}. */
final class Attributes {
  /** Up to 18 digits, always a long; mod_jk's greater figures are overflows. */
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");

  private final Map<String, String> values = new HashMap<>();

  Attributes(XMLStreamReader element) {
    for (int i = 0; i < element.getAttributeCount(); i++) {
      values.put(element.getAttributeLocalName(i), element.getAttributeValue(i));
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  @Nullable String text(String name) {
    return values.get(name);
  }

  /** The first of the names that is there. */
  @Nullable Long number(String name, String... olderNames) {
    String value = values.get(name);
    for (int i = 0; value == null && i < olderNames.length; i++) {
      value = values.get(olderNames[i]);
    }
    return value != null && INTEGER.matcher(value).matches() ? Long.valueOf(value) : null;
  }

  /** A figure that is never negative; some mod_jk print an overflown one as negative. */
  @Nullable Long count(String name) {
    Long number = number(name);
    return number != null && number >= 0 ? number : null;
  }

  /** Seconds since the epoch; mod_jk writes 0 for "never". */
  @Nullable Long epochSeconds(String name) {
    Long number = number(name);
    return number != null && number > 0 ? number : null;
  }

  @Nullable Boolean flag(String name) {
    String value = values.get(name);
    if ("true".equalsIgnoreCase(value)) {
      return true;
    }
    return "false".equalsIgnoreCase(value) ? false : null;
  }
}
