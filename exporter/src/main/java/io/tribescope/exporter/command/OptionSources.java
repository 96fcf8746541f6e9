package io.tribescope.exporter.command;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where an option comes from that is not on the command line: the system property {@code
 * tribescope.exporter.KEY}, else the environment variable {@code TRIBESCOPE_EXPORTER_KEY}. Not
 * {@code TRIBESCOPE_KEY}: on a host that runs an agent too, that is the agent's.
 */
final class OptionSources implements IDefaultValueProvider {
  private final Properties properties;
  private final Map<String, String> environment;

  OptionSources(Properties properties, Map<String, String> environment) {
    this.properties = properties;
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    String property = property(argument);
    if (property == null) {
      return null;
    }
    String value = properties.getProperty(property);
    return value != null ? value : fromEnvironment(variable(property));
  }

  /** The name of the property or variable that sets the option, {@code null} when none does. */
  @Nullable String sourceOf(ArgSpec argument) {
    String property = property(argument);
    if (property == null || properties.getProperty(property) != null) {
      return property;
    }
    String variable = variable(property);
    return fromEnvironment(variable) == null ? null : variable;
  }

  /** Kubernetes sets NAME_PORT=tcp://... for a service called name, here tribescope-exporter. */
  private @Nullable String fromEnvironment(String variable) {
    String value = environment.get(variable);
    return value != null && value.startsWith("tcp://") ? null : value;
  }

  private static @Nullable String property(ArgSpec argument) {
    if (argument instanceof OptionSpec option && !option.usageHelp() && !option.versionHelp()) {
      String key = option.longestName().replaceFirst("^-+", "").replace('-', '_');
      return "tribescope.exporter." + key;
    }
    return null;
  }

  private static String variable(String property) {
    return property.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
