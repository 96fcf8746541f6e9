package io.tribescope.exporter.command;

import io.tribescope.exporter.source.modjk.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --modjk-auth}, with what its file or variable holds. */
record ModJkAuth(String alias, Credentials credentials) {
  private static final String VARIABLE = "env:";

  static final class Converter implements ITypeConverter<ModJkAuth> {
    @Override
    public ModJkAuth convert(String value) {
      int equals = value.indexOf('=');
      if (equals < 1) {
        throw new TypeConversionException("expected ALIAS=FILE or ALIAS=env:VARIABLE");
      }
      String alias = value.substring(0, equals);
      String source = value.substring(equals + 1);
      try {
        return new ModJkAuth(alias, Credentials.parse(read(source)));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("%s: %s".formatted(source, e.getMessage()));
      } catch (IOException e) {
        throw new TypeConversionException("cannot read the file %s".formatted(source));
      }
    }

    private static String read(String source) throws IOException {
      if (source.startsWith(VARIABLE)) {
        String value = System.getenv(source.substring(VARIABLE.length()));
        if (value == null) {
          throw new IllegalArgumentException("the environment has no such variable");
        }
        return value;
      }
      List<String> lines = Files.readAllLines(Path.of(source));
      return lines.isEmpty() ? "" : lines.get(0);
    }
  }
}
