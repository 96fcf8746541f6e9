package io.tribescope.agent.probe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.bridge.ProbeFormat;
import io.tribescope.agent.recording.receipts.Receipts;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTest {
  private static final long SEED = 0x5453_4350_0001L;

  private static final Receipts RECEIPTS = receipts(2);

  private static Receipts receipts(int count) {
    Receipts.Builder receipts = new Receipts.Builder(0x1122L);
    for (int i = 0; i < count; i++) {
      receipts.add(0x20 + i, 3 + i, -1L - i);
    }
    receipts.through(0x60);
    return receipts.build();
  }

  /** The wire format, byte by byte: other versions of the agent rely on it. */
  @Test
  void aRequestStandsOnTheWireAsDocumented() {
    byte[] expected = new byte[48];
    System.arraycopy(new byte[] {'T', 'S', 'C', 'P', 2, 1, 0, 2}, 0, expected, 0, 8);
    System.arraycopy(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 0, expected, 8, 8);
    expected[23] = 99;
    expected[47] = 77;
    assertThat(Probe.request(0x0102030405060708L, 99, 77).toBytes()).isEqualTo(expected);
    expected[4] = 1;
    expected[47] = 0;
    assertThat(Probe.firstRequest(0x0102030405060708L, 99).toBytes()).isEqualTo(expected);
  }

  @Test
  void aReplyStandsOnTheWireAsDocumented() {
    byte[] expected = new byte[64 + 2 * 20];
    System.arraycopy(new byte[] {'T', 'S', 'C', 'P', 2, 2, 0, 2}, 0, expected, 0, 8);
    expected[15] = 9;
    expected[23] = 99;
    expected[31] = 5;
    expected[39] = 6;
    expected[47] = 0x60;
    expected[54] = 0x11;
    expected[55] = 0x22;
    expected[63] = 0x33;
    expected[71] = 0x20;
    expected[75] = 3;
    Arrays.fill(expected, 76, 84, (byte) -1);
    expected[91] = 0x21;
    expected[95] = 4;
    Arrays.fill(expected, 96, 104, (byte) -1);
    expected[103] = -2;
    assertThat(Probe.request(9, 99, 77).answer(5, 6, RECEIPTS, 0x33).toBytes()).isEqualTo(expected);
  }

  @Test
  void aRequestOfTheFirstVersionHasAnAnswerOfTheFirst() {
    byte[] request = Probe.firstRequest(-7, Long.MAX_VALUE).toBytes();
    request[7] = 0;
    byte[] answer = parsed(request).answer(1, 2, RECEIPTS, 3).toBytes();
    assertThat(answer).hasSize(48).startsWith('T', 'S', 'C', 'P', 1, 2);
    assertThat(parsed(answer).receipts).isNull();
    assertThat(parsed(request).isOfFirstVersionAlone()).isTrue();
    assertThat(parsed(Probe.firstRequest(1, 2).toBytes()).isOfFirstVersionAlone()).isFalse();
    assertThat(parsed(Probe.request(1, 2, 3).toBytes()).isOfFirstVersionAlone()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64})
  void anAnswerBringsBackWhatWasAskedAndWhatThePeerKnows(int count) {
    byte[] bytes =
        parsed(Probe.request(-7, Long.MAX_VALUE, 3).toBytes())
            .answer(1, 2, receipts(count), -4)
            .toBytes();
    assertThat(bytes).hasSize(64 + count * 20).hasSizeLessThanOrEqualTo(ProbeFormat.LONGEST);
    Probe answer = parsed(bytes);
    assertThat(answer.reply).isTrue();
    assertThat(answer.nonce).isEqualTo(-7);
    assertThat(answer.sent).isEqualTo(Long.MAX_VALUE);
    assertThat(answer.peerReceived).isEqualTo(1);
    assertThat(answer.peerSent).isEqualTo(2);
    assertThat(answer.routeHash).isEqualTo(-4);
    assertThat(requireNonNull(answer.receipts))
        .usingRecursiveComparison()
        .isEqualTo(receipts(count));
  }

  @ParameterizedTest
  @ValueSource(ints = {48, 63, 65, 83, 103, 105, 1345, 1364})
  void aReplyOfAnotherLengthIsNoProbe(int length) {
    byte[] bytes = Probe.request(1, 2, 3).answer(5, 6, RECEIPTS, 0).toBytes();
    assertThat(Probe.parse(Arrays.copyOf(bytes, length))).isNull();
  }

  /** Seconds out of order or beyond what is spoken of, a count below -1, a time below 0. */
  @ParameterizedTest
  @CsvSource({"71, 33", "71, 34", "64, -128", "47, 32", "40, -128", "72, -1", "48, -128"})
  void aReplyThatContradictsItselfIsNoProbe(int index, byte value) {
    byte[] bytes = Probe.request(1, 2, 3).answer(5, 6, RECEIPTS, 0).toBytes();
    bytes[index] = value;
    assertThat(Probe.parse(bytes)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 47, 49, 1000})
  void anotherLengthIsNoProbe(int length) {
    byte[] bytes = Arrays.copyOf(Probe.request(1, 2, 3).toBytes(), length);
    assertThat(Probe.parse(bytes)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void anotherMagicVersionOrKindIsNoProbe(int index) {
    byte[] bytes = Probe.request(1, 2, 3).toBytes();
    bytes[index] ^= 0x40;
    assertThat(Probe.parse(bytes)).isNull();
  }

  @Test
  void randomBytesAreNeverAProbeAndNeverThrow() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[i % 4 == 0 ? random.nextInt(1500) : ProbeFormat.SHORTEST];
      random.nextBytes(bytes);
      assertThat(Probe.parse(bytes)).as("seed %d, round %d", SEED, i).isNull();
    }
  }

  @Test
  void aDamagedProbeIsRefusedOrReadAsFarAsItCanBe() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = Probe.request(random.nextLong(), random.nextLong(), 3).toBytes();
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
