package io.tribescope.agent.start;

import io.tribescope.agent.start.Options.Given;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Where options come from, the strongest first: flag, system property, environment, file. */
final class OptionSources {
  private static final String KNOWN =
      Arrays.stream(Option.values()).map(Option::key).collect(Collectors.joining(", "));

  private final Map<String, String> flag = new HashMap<>();
  private final Map<String, String> file = new HashMap<>();
  private final Properties properties;
  private final Map<String, String> environment;
  private final Consumer<String> complain;
  private String fileName = "";

  /**
   * @param arguments what stands behind {@code -javaagent:...jar=}: options, or a file's path
   */
  OptionSources(
      String arguments,
      Properties properties,
      Map<String, String> environment,
      Consumer<String> complain) {
    this.properties = properties;
    this.environment = environment;
    this.complain = complain;
    if (arguments.indexOf('=') < 0 && !arguments.trim().isEmpty()) {
      readFile(arguments.trim());
    } else {
      readFlag(arguments);
    }
  }

  /** The strongest; one that is given empty counts as not given. */
  @Nullable Given get(Option option) {
    String key = option.key();
    String value = flag.get(key);
    if (value != null && !value.isEmpty()) {
      return new Given(value, "agent flag");
    }
    value = properties.getProperty("tribescope." + key);
    if (value != null && !value.trim().isEmpty()) {
      return new Given(value.trim(), "system property tribescope." + key);
    }
    String variable = "TRIBESCOPE_" + key.toUpperCase(Locale.ROOT);
    value = environment.get(variable);
    // Kubernetes gives every pod TRIBESCOPE_PORT=tcp://... when a service is named tribescope.
    if (value != null && !value.trim().isEmpty() && !value.startsWith("tcp://")) {
      return new Given(value.trim(), "environment variable " + variable);
    }
    value = file.get(key);
    return value == null || value.isEmpty() ? null : new Given(value, fileName);
  }

  private void readFlag(String arguments) {
    for (String part : arguments.split(",", -1)) {
      if (part.trim().isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals < 0) {
        complain.accept(
            "'"
                + part.trim()
                + "' (agent flag) is not key=value, and is ignored; options: "
                + KNOWN);
      } else {
        put(
            flag,
            part.substring(0, equals).trim(),
            part.substring(equals + 1).trim(),
            "agent flag");
      }
    }
  }

  private void readFile(String name) {
    fileName = name;
    try (InputStream in = new FileInputStream(name)) {
      Object content = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      if (content instanceof Map) {
        ((Map<?, ?>) content)
            .forEach(
                (key, value) ->
                    put(file, String.valueOf(key), value == null ? "" : value.toString(), name));
      } else if (content != null) {
        complain.accept(name + " is not a list of 'key: value'; options: " + KNOWN);
      }
    } catch (IOException | YamlEngineException e) {
      complain.accept(
          "the file "
              + name
              + " cannot be read ("
              + String.valueOf(e.getMessage()).replace('\n', ' ')
              + "); the defaults are used");
    }
  }

  private void put(Map<String, String> values, String key, String value, String where) {
    if (Arrays.stream(Option.values()).noneMatch(option -> option.key().equals(key))) {
      complain.accept(
          "option '" + key + "' (" + where + ") is not known, and is ignored; options: " + KNOWN);
    } else {
      values.put(key, value);
    }
  }
}
