package io.tribescope.agent.recording.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.Threads;
import io.tribescope.agent.recording.members.MemberKey;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesInFlightTest {
  /** Ids that fall in one set of any level. */
  private static long id(int number) {
    return 0x0101_0000_0000_0000L + ((long) number << 32);
  }

  private static MessageType spend(MessagesInFlight messages, long id) {
    Submission submission = new Submission();
    messages.spend(id, 0, submission);
    return submission.type;
  }

  @ParameterizedTest
  @EnumSource
  void eachTypeComesBackUnderItsId(MessageType type) {
    MessagesInFlight messages = new MessagesInFlight();
    messages.put(0xFEDC_BA98_7654_3210L, type, 0, 0);
    assertThat(spend(messages, 0xFEDC_BA98_7654_3210L)).isEqualTo(type);
  }

  @Test
  void anIdThatWasNeverPutIsOther() {
    MessagesInFlight messages = new MessagesInFlight();
    messages.put(id(1), MessageType.DELTA, 0, 0);
    assertThat(spend(messages, id(2))).isEqualTo(MessageType.OTHER);
  }

  @Test
  void aMessageThatIsSentInPartsKeepsItsType() {
    MessagesInFlight messages = new MessagesInFlight();
    messages.put(id(1), MessageType.CREATED, 0, 0);
    assertThat(spend(messages, id(1))).isEqualTo(MessageType.CREATED);
    assertThat(spend(messages, id(1))).isEqualTo(MessageType.CREATED);
  }

  @Test
  void aMessageThatIsSentInPartsKeepsItsPlaceForAWhile() {
    MessagesInFlight messages = new MessagesInFlight(8, 16);
    long sent = TimeUnit.MINUTES.toNanos(-3); // the monotonic clock may be negative
    for (int i = 1; i <= 8; i++) {
      messages.put(id(i), MessageType.CREATED, i, sent - 5);
      messages.spend(id(i), sent, new Submission());
    }
    for (int i = 11; i <= 18; i++) {
      messages.put(id(i), MessageType.DELTA, 0, sent + TimeUnit.MILLISECONDS.toNanos(99));
    }
    for (int i = 1; i <= 8; i++) {
      Submission second = new Submission();
      messages.spend(id(i), sent, second);
      assertThat(second.type).isEqualTo(MessageType.CREATED);
      assertThat(second.change).isEqualTo(i);
      assertThat(second.first).isFalse();
    }
    for (int i = 21; i <= 28; i++) {
      messages.put(id(i), MessageType.DELTA, 0, sent + TimeUnit.MILLISECONDS.toNanos(100));
    }
    for (int i = 1; i <= 8; i++) {
      assertThat(spend(messages, id(i))).as("has given way").isEqualTo(MessageType.OTHER);
    }
    assertThat(messages.saturated()).isFalse();
  }

  @Test
  void whatFindsNoRoomGoesToTheNextLevelAndTheLastSaturates() {
    MessagesInFlight messages = new MessagesInFlight(8, 8);
    for (int i = 1; i <= 16; i++) {
      messages.put(id(i), MessageType.DELTA, 0, 0);
    }
    assertThat(messages.saturated()).isFalse();
    for (int i = 1; i <= 16; i++) {
      assertThat(spend(messages, id(i))).as("message %d", i).isEqualTo(MessageType.DELTA);
    }
    for (int i = 21; i <= 28; i++) {
      messages.put(id(i), MessageType.CREATED, 0, 0);
    }
    assertThat(messages.saturated()).as("what was sent gives way in the last level").isFalse();
    messages.put(id(29), MessageType.EXPIRED, 0, 0);
    assertThat(messages.saturated()).isTrue();
    assertThat(spend(messages, id(29))).isEqualTo(MessageType.EXPIRED);
  }

  @Test
  void onlyTheFirstToSpendItIsTold() throws Exception {
    MessagesInFlight messages = new MessagesInFlight();
    for (int i = 1; i <= 1000; i++) {
      long id = MemberKey.mix(i);
      long nanos = i * 1000L;
      messages.put(id, MessageType.DELTA, 0, nanos);
      List<Submission> spent =
          Threads.run(
              2,
              thread -> {
                Submission submission = new Submission();
                messages.spend(id, 0, submission);
                return submission;
              });
      assertThat(spent).allMatch(submission -> submission.known);
      assertThat(spent)
          .filteredOn(submission -> submission.first)
          .singleElement()
          .satisfies(submission -> assertThat(submission.nanos).isEqualTo(nanos));
    }
    Submission unknown = new Submission();
    messages.spend(42, 0, unknown);
    assertThat(unknown.known).isFalse();
    assertThat(unknown.first).isFalse();
  }

  @Test
  void threadsThatPutAtOnceLoseNothing() throws Exception {
    MessagesInFlight messages = new MessagesInFlight();
    Threads.run(
        4,
        thread -> {
          for (int i = 1; i <= 5000; i++) {
            messages.put(MemberKey.mix(thread * 1_000_000L + i), MessageType.DELTA, 0, 0);
          }
          return thread;
        });
    assertThat(messages.saturated()).isFalse();
    for (int thread = 0; thread < 4; thread++) {
      for (int i = 1; i <= 5000; i++) {
        assertThat(spend(messages, MemberKey.mix(thread * 1_000_000L + i)))
            .isEqualTo(MessageType.DELTA);
      }
    }
  }
}
