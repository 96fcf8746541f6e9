package io.tribescope.exporter.command;

import io.tribescope.exporter.http.ExporterServer;
import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of options that have a least and a greatest value. */
final class Bounds {
  private Bounds() {}

  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return whole(value, 0, 65535);
    }
  }

  /** At most 256 MiB: an answer is held in memory. */
  static final class Bytes implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return whole(value, 1024, 256 << 20);
    }
  }

  static final class Probes implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return whole(value, 1, 64);
    }
  }

  static final class Seconds implements ITypeConverter<Duration> {
    private static final BigDecimal LEAST = new BigDecimal("0.1");
    private static final BigDecimal GREATEST =
        BigDecimal.valueOf(ExporterServer.MAX_PROBE.toSeconds());

    @Override
    public Duration convert(String value) {
      try {
        BigDecimal seconds = new BigDecimal(value);
        if (seconds.compareTo(LEAST) >= 0 && seconds.compareTo(GREATEST) <= 0) {
          return Duration.ofMillis(seconds.movePointRight(3).longValue());
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      throw new TypeConversionException(
          "'%s' is not a number of seconds from %s to %s".formatted(value, LEAST, GREATEST));
    }
  }

  private static int whole(String value, int least, int greatest) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= greatest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new TypeConversionException(
        "'%s' is not a whole number from %d to %d".formatted(value, least, greatest));
  }
}
