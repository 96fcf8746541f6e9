package io.tribescope.agent.recording.receipts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against simulated clocks, whose true offset is known at every moment. */
class ClockOffsetTest {
  private static final long SEED = 5_905L;
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;
  private static final long INTERVAL = 5 * SECOND;
  private static final long VALID = 4 * INTERVAL;

  private final ClockOffset clock = new ClockOffset();

  /** Two clocks and the path between them. Our wall clock runs with the monotonic one. */
  private static final class World {
    final long epoch = 1_774_000_000L * SECOND;
    long now;
    long offset;
    double drift;

    long ours() {
      return epoch + now;
    }

    long peers() {
      return epoch + now + trueOffset();
    }

    long trueOffset() {
      return offset + (long) (now * drift);
    }

    boolean exchange(ClockOffset clock, long there, long inside, long back) {
      long sent = ours();
      now += there;
      long received = peers();
      now += inside;
      long answered = peers();
      now += back;
      return clock.accept(sent, received, answered, ours(), now, VALID);
    }
  }

  private ClockOffset.Estimate at(World world) {
    return requireNonNull(clock.estimate(world.now));
  }

  private void assertWithinStatedError(World world, String what) {
    double error = Math.abs(at(world).offsetSeconds() - world.trueOffset() / 1e9);
    assertThat(error).as(what).isLessThanOrEqualTo(at(world).errorSeconds(world.now));
  }

  @Test
  void theTrueOffsetIsAlwaysWithinTheStatedError() {
    Random random = new Random(SEED);
    for (int run = 0; run < 200; run++) {
      World world = new World();
      world.now = random.nextInt(1_000_000);
      world.offset = (long) (random.nextGaussian() * 30 * SECOND);
      world.drift = (random.nextDouble() - 0.5) * 2 * 95e-6;
      long there = random.nextInt((int) (20 * MILLI));
      long back = random.nextInt((int) (20 * MILLI));
      clock.reset();
      for (int i = 0; i < 60; i++) {
        long jitterThere = (long) (-Math.log(1 - random.nextDouble()) * 5 * MILLI);
        long jitterBack = (long) (-Math.log(1 - random.nextDouble()) * 5 * MILLI);
        String what = "seed " + SEED + ", run " + run + ", exchange " + i;
        assertThat(
                world.exchange(
                    clock, there + jitterThere, random.nextInt(100_000), back + jitterBack))
            .as(what)
            .isTrue();
        assertWithinStatedError(world, what);
        world.now += INTERVAL;
        assertWithinStatedError(world, what + ", before the next");
      }
    }
  }

  /** A path that is all delay one way is the worst there is: the bound must be as wide. */
  @ParameterizedTest
  @CsvSource({"40, 0", "0, 40", "20, 20"})
  void asymmetryIsWithinHalfTheRoundTrip(long thereMillis, long backMillis) {
    World world = new World();
    world.offset = 5250 * MILLI;
    world.exchange(clock, thereMillis * MILLI, 0, backMillis * MILLI);
    assertThat(at(world).offsetSeconds()).isEqualTo(5.25 + (thereMillis - backMillis) / 2e3);
    assertThat(at(world).roundTripSeconds()).isEqualTo(0.040);
    assertThat(at(world).errorSeconds(world.now)).isEqualTo(0.021);
  }

  @Test
  void theShortestRoundTripOfTheLastEightIsTaken() {
    World world = new World();
    world.exchange(clock, MILLI, 0, MILLI);
    for (int i = 0; i < 7; i++) {
      world.now += INTERVAL;
      world.exchange(clock, 50 * MILLI, 0, 30 * MILLI);
      assertThat(at(world).roundTripSeconds()).as("exchange %d", i).isEqualTo(0.002);
      assertThat(at(world).offsetSeconds()).isZero();
    }
    world.now += INTERVAL;
    world.exchange(clock, 50 * MILLI, 0, 30 * MILLI);
    assertThat(at(world).roundTripSeconds()).isEqualTo(0.080);
    assertThat(at(world).offsetSeconds()).isEqualTo(0.010);
  }

  @Test
  void theStatedErrorGrowsByTheDriftThatTwoClocksMayHave() {
    World world = new World();
    world.exchange(clock, MILLI, 0, MILLI);
    assertThat(at(world).errorSeconds(world.now + 10 * SECOND))
        .isEqualTo(0.001 + 0.001 + 10 * 100e-6);
  }

  /** With drift, an old exchange over a short path loses to a new one over a longer one. */
  @Test
  void anOldExchangeGivesWayWhenDriftMayHaveSpoiltIt() {
    World world = new World();
    world.exchange(clock, MILLI, 0, MILLI);
    world.now += INTERVAL;
    world.exchange(clock, 2 * MILLI, 0, 2 * MILLI);
    assertThat(at(world).roundTripSeconds()).isEqualTo(0.002);
    world.now += INTERVAL;
    world.exchange(clock, 2 * MILLI, 0, 2 * MILLI);
    // 1 ms and the drift of 10.008 s are more than the 2 ms of the newest, which has none.
    assertThat(at(world).roundTripSeconds()).isEqualTo(0.004);
  }

  @ParameterizedTest
  @ValueSource(longs = {5250, -30_000, 40})
  void aStepOfThePeersClockForgetsWhatWasKnown(long stepMillis) {
    World world = new World();
    for (int i = 0; i < 8; i++) {
      world.exchange(clock, MILLI, 0, MILLI);
      world.now += INTERVAL;
    }
    world.offset += stepMillis * MILLI;
    world.exchange(clock, 4 * MILLI, 0, 2 * MILLI);
    assertThat(at(world).offsetSeconds()).isEqualTo((stepMillis + 1) / 1e3);
    assertThat(at(world).roundTripSeconds()).isEqualTo(0.006);
    assertWithinStatedError(world, "after the step");
    world.now += INTERVAL;
    world.exchange(clock, 5 * MILLI, 0, 5 * MILLI);
    assertWithinStatedError(world, "one exchange later");
  }

  /** An older, shorter exchange must not speak for a clock that was set while nothing came. */
  @Test
  void whatWasKnownBeforeASilenceSaysNothing() {
    World world = new World();
    for (int i = 0; i < 8; i++) {
      world.exchange(clock, MILLI, 0, MILLI);
    }
    world.now += VALID + SECOND;
    world.offset += 30 * SECOND;
    world.exchange(clock, 10 * MILLI, 0, 10 * MILLI);
    assertThat(at(world).offsetSeconds()).isEqualTo(30);
    assertThat(at(world).roundTripSeconds()).isEqualTo(0.020);
  }

  @Test
  void whatWasKnownOfAnotherLifeSaysNothing() {
    World world = new World();
    world.exchange(clock, MILLI, 0, MILLI);
    clock.doubt();
    assertThat(clock.estimate(world.now)).isNull();
    world.offset -= 5 * SECOND;
    world.exchange(clock, 10 * MILLI, 0, 10 * MILLI);
    assertThat(at(world).offsetSeconds()).isEqualTo(-5);
  }

  @Test
  void anEstimateEndsWithItsTime() {
    World world = new World();
    assertThat(clock.estimate(world.now)).isNull();
    world.exchange(clock, MILLI, 0, MILLI);
    assertThat(clock.estimate(world.now + VALID - 1)).isNotNull();
    assertThat(clock.estimate(world.now + VALID)).isNull();
  }

  @Test
  void aResetForgetsTheEstimate() {
    World world = new World();
    world.exchange(clock, MILLI, 0, MILLI);
    clock.reset();
    assertThat(clock.estimate(world.now)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    // sent, peer received, peer sent, answered
    "100, 100, 100, 99", // answered before it was sent
    "100, 110, 105, 120", // the peer answered before it received
    "100, 100, 121, 120", // the peer kept it longer than it was away
    "0, 0, 10000000001, 20000000000", // kept for more than ten seconds
    "0, 0, 0, 10000000001", // away for more than ten seconds
  })
  void timesThatContradictThemselvesAreRefused(
      long sent, long peerReceived, long peerSent, long answered) {
    World world = new World();
    world.exchange(clock, MILLI, 0, MILLI);
    ClockOffset.Estimate before = at(world);
    assertThat(clock.accept(sent, peerReceived, peerSent, answered, world.now, VALID)).isFalse();
    assertThat(at(world)).isSameAs(before);
  }
}
