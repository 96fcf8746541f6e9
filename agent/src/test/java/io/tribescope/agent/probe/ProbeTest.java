package io.tribescope.agent.probe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.bridge.ProbeFormat;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTest {
  private static final long SEED = 0x5453_4350_0001L;

  /** The wire format, byte by byte: other versions of the agent rely on it. */
  @Test
  void aRequestStandsOnTheWireAsDocumented() {
    byte[] expected = new byte[48];
    System.arraycopy(new byte[] {'T', 'S', 'C', 'P', 1, 1, 0, 0}, 0, expected, 0, 8);
    System.arraycopy(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 0, expected, 8, 8);
    expected[23] = 99;
    assertThat(Probe.request(0x0102030405060708L, 99).toBytes()).isEqualTo(expected);
  }

  @Test
  void anAnswerBringsBackWhatWasAskedAndBothTimesOfThePeer() {
    Probe answer =
        parsed(parsed(Probe.request(-7, Long.MAX_VALUE).toBytes()).answer(1, 2).toBytes());
    assertThat(answer.reply).isTrue();
    assertThat(answer.nonce).isEqualTo(-7);
    assertThat(answer.sent).isEqualTo(Long.MAX_VALUE);
    assertThat(answer.peerReceived).isEqualTo(1);
    assertThat(answer.peerSent).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 47, 49, 1000})
  void anotherLengthIsNoProbe(int length) {
    byte[] bytes = Arrays.copyOf(Probe.request(1, 2).toBytes(), length);
    assertThat(Probe.parse(bytes)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void anotherMagicVersionOrKindIsNoProbe(int index) {
    byte[] bytes = Probe.request(1, 2).toBytes();
    bytes[index] ^= 0x40;
    assertThat(Probe.parse(bytes)).isNull();
  }

  @Test
  void randomBytesAreNeverAProbeAndNeverThrow() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[i % 4 == 0 ? random.nextInt(100) : ProbeFormat.LENGTH];
      random.nextBytes(bytes);
      assertThat(Probe.parse(bytes)).as("seed %d, round %d", SEED, i).isNull();
    }
  }

  @Test
  void aDamagedProbeIsRefusedOrReadAsFarAsItCanBe() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = Probe.request(random.nextLong(), random.nextLong()).toBytes();
      int index = random.nextInt(bytes.length);
      bytes[index] ^= (byte) (1 << random.nextInt(8));
      Probe probe = Probe.parse(bytes);
      // A request with the second bit of its kind set and the first lost would be a reply: two
      // bits. One bit never makes one kind of the other.
      assertThat(probe == null || !probe.reply)
          .as("seed %d, round %d, byte %d", SEED, i, index)
          .isTrue();
      assertThat(probe == null).as("byte %d", index).isEqualTo(index < 6);
    }
  }

  private static Probe parsed(byte[] bytes) {
    return requireNonNull(Probe.parse(bytes));
  }
}
