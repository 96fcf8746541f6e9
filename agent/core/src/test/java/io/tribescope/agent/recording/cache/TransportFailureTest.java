package io.tribescope.agent.recording.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.cache.records.ReplicationFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.apache.activemq.transport.InactivityIOException;
import org.junit.jupiter.api.Test;

/** Failures of what stands on this node between a cache and the others. */
class TransportFailureTest {
  private static ReplicationFailure of(Throwable failure) {
    return ReplicationFailure.ofJms(failure);
  }

  @Test
  void byWhatLiesDeepest() {
    assertThat(of(new IOException(new RuntimeException(new NotSerializableException()))))
        .isEqualTo(ReplicationFailure.SERIALIZATION);
    assertThat(of(new IOException(new EOFException()))).isEqualTo(ReplicationFailure.UNREACHABLE);
    assertThat(of(new IOException(new SocketException())))
        .isEqualTo(ReplicationFailure.UNREACHABLE);
    assertThat(of(new IOException(new SocketTimeoutException())))
        .isEqualTo(ReplicationFailure.TIMEOUT);
  }

  @Test
  void aClosedChannel() {
    assertThat(ReplicationFailure.ofGroup(new IllegalStateException()))
        .isEqualTo(ReplicationFailure.UNREACHABLE);
    assertThat(ReplicationFailure.ofGroup(new Exception(new SocketException())))
        .isEqualTo(ReplicationFailure.UNREACHABLE);
  }

  /** As ActiveMQ wraps an object message's serialization, or lets what it throws pass. */
  @Test
  void whatAnApplicationsValueThrows() {
    assertThat(of(new RuntimeException(new SocketException())))
        .isEqualTo(ReplicationFailure.SERIALIZATION);
    assertThat(of(new RuntimeException(new NotSerializableException())))
        .isEqualTo(ReplicationFailure.SERIALIZATION);
    assertThat(of(new IllegalStateException())).isEqualTo(ReplicationFailure.OTHER);
    assertThat(of(new RuntimeException(new Exception(new SocketException()))))
        .isEqualTo(ReplicationFailure.OTHER);
  }

  @Test
  void nobodyHasRefusedWhatWasThrownHere() {
    assertThat(of(new NullPointerException())).isEqualTo(ReplicationFailure.OTHER);
    assertThat(ReplicationFailure.of(new NullPointerException()))
        .isEqualTo(ReplicationFailure.REJECTED);
  }

  @Test
  void byTheNamesOfJms() {
    assertThat(of(new javax.jms.IllegalStateException("closed")))
        .isEqualTo(ReplicationFailure.UNREACHABLE);
    assertThat(of(new javax.jms.MessageFormatException("x")))
        .isEqualTo(ReplicationFailure.SERIALIZATION);
    assertThat(of(new javax.jms.JMSSecurityException("x"))).isEqualTo(ReplicationFailure.REJECTED);
    assertThat(of(new javax.jms.ResourceAllocationException("x")))
        .isEqualTo(ReplicationFailure.OTHER);
  }

  @Test
  void byTheNamesOfActiveMq() {
    assertThat(of(new javax.jms.JMSException("x"))).isEqualTo(ReplicationFailure.OTHER);
    Exception wrapped = new Exception(new InactivityIOException("channel has already failed"));
    assertThat(of(wrapped)).isEqualTo(ReplicationFailure.UNREACHABLE);
  }

  @Test
  void aCauseThatIsItsOwnEndsNowhere() {
    Exception first = new Exception();
    first.initCause(new Exception(first));
    assertThat(of(first)).isEqualTo(ReplicationFailure.OTHER);
  }
}
