package io.tribescope.agent.recording.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a wall clock and a monotonic clock that the test sets. */
class WallClockTest {
  private static final long MILLI = 1_000_000L;
  private static final long EPOCH_MILLIS = 1_774_000_000_000L;

  private final Clocks clocks = new Clocks();
  private final WallClock clock = new WallClock(clocks);

  private static final class Clocks extends WallClock.Source {
    long monotonic = 77_000 * MILLI;
    long sinceEpochMillis = EPOCH_MILLIS;

    void pass(long millis) {
      monotonic += millis * MILLI;
      sinceEpochMillis += millis;
    }

    @Override
    long monotonicNanos() {
      return monotonic;
    }

    @Override
    Instant wall() {
      return Instant.ofEpochMilli(sinceEpochMillis);
    }

    @Override
    long wallMillis() {
      return sinceEpochMillis;
    }
  }

  private boolean stepped() {
    return clock.stepped(clocks.monotonic, clocks.sinceEpochMillis);
  }

  @Test
  void itGoesOnWithTheMonotonicClock() {
    assertThat(clock.nanos()).isEqualTo(EPOCH_MILLIS * MILLI);
    clocks.pass(1234);
    assertThat(clock.nanos()).isEqualTo((EPOCH_MILLIS + 1234) * MILLI);
    assertThat(clock.at(clocks.monotonic)).isEqualTo((EPOCH_MILLIS + 1234) * MILLI);
    clock.calibrate();
    assertThat(stepped()).isFalse();
    assertThat(clock.steps()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {6, -6, 5250, -30_000})
  void aClockThatIsSetHasStepped(long millis) {
    clocks.pass(100);
    clocks.sinceEpochMillis += millis;
    assertThat(stepped()).isTrue();
    clock.calibrate();
    assertThat(clock.steps()).isEqualTo(1);
    assertThat(stepped()).isFalse();
    assertThat(clock.nanos()).isEqualTo((EPOCH_MILLIS + 100 + millis) * MILLI);
    clock.calibrate();
    assertThat(clock.steps()).isEqualTo(1);
  }

  /** Slewing: 500 ppm of half a second is a quarter of a millisecond. */
  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  void aClockThatIsSlewedHasNotStepped(long millis) {
    clocks.sinceEpochMillis += millis;
    assertThat(stepped()).isFalse();
    clock.calibrate();
    assertThat(clock.steps()).isZero();
    assertThat(clock.nanos()).isEqualTo((EPOCH_MILLIS + millis) * MILLI);
  }

  @Test
  void aThreadHeldUpBetweenItsReadingsIsNoStep() {
    long read = clocks.monotonic;
    clocks.pass(500);
    assertThat(clock.stepped(read, clocks.sinceEpochMillis)).isFalse();
  }
}
