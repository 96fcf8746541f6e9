package io.tribescope.testbed.caches;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The pieces of an ehcache.xml. */
final class CacheXml {
  private CacheXml() {}

  static String attribute(String name, String value) {
    String escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    return " %s=\"%s\"".formatted(name, escaped);
  }

  /** An element that names a factory of Ehcache's and its properties, sorted. */
  static String factory(String element, String factory, Map<String, String> properties) {
    String list =
        new TreeMap<>(properties)
            .entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue())
                .collect(Collectors.joining(","));
    return "<%s%s%s/>\n"
        .formatted(element, attribute("class", factory), attribute("properties", list));
  }
}
