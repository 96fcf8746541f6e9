package io.tribescope.exporter.command;

import io.tribescope.exporter.source.modjk.StatusUrl;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --modjk}. */
record ModJkTarget(String alias, StatusUrl url) {

  /** A name that is safe in URLs, labels and pages as it stands. */
  static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Does not quote the value, which may hold a password. */
  static final class Converter implements ITypeConverter<ModJkTarget> {
    @Override
    public ModJkTarget convert(String value) {
      int equals = value.indexOf('=');
      if (equals < 0 || !ALIAS.matcher(value.substring(0, equals)).matches()) {
        throw new TypeConversionException(
            "expected ALIAS=URL, as in main=http://127.0.0.1:8888/jkstatus; an alias is made of"
                + " letters, digits, dot, hyphen and underscore");
      }
      String alias = value.substring(0, equals);
      try {
        return new ModJkTarget(alias, StatusUrl.parse(value.substring(equals + 1)));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(alias + ": " + e.getMessage());
      }
    }
  }
}
