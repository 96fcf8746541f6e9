package io.tribescope.agent.recording.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.catalina.tribes.ChannelException;
import org.apache.catalina.tribes.RemoteProcessException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** With Tribes' own exceptions, as its senders make them. */
class SendFailureTest {
  @ParameterizedTest
  @MethodSource
  void isNamedByItsCause(@Nullable Throwable cause, boolean written, SendFailure expected) {
    assertThat(SendFailure.of(cause, written)).isEqualTo(expected);
  }

  static Stream<Arguments> isNamedByItsCause() {
    return Stream.of(
        Arguments.of(new ConnectException("refused"), false, SendFailure.CONNECT),
        Arguments.of(new NoRouteToHostException(), false, SendFailure.CONNECT),
        Arguments.of(new UnknownHostException(), false, SendFailure.CONNECT),
        Arguments.of(new SocketTimeoutException(), false, SendFailure.TIMEOUT),
        Arguments.of(new SocketTimeoutException(), true, SendFailure.NO_ACK),
        Arguments.of(new ChannelException("timed out"), false, SendFailure.TIMEOUT),
        Arguments.of(new ChannelException("timed out"), true, SendFailure.NO_ACK),
        Arguments.of(new ChannelException("failed", new IOException()), false, SendFailure.IO),
        Arguments.of(new RemoteProcessException("failed ack"), true, SendFailure.REMOTE_ERROR),
        Arguments.of(new NullPointerException(), false, SendFailure.POOL_EXHAUSTED),
        Arguments.of(new IOException("broken pipe"), false, SendFailure.IO),
        Arguments.of(new IOException("end of stream"), true, SendFailure.NO_ACK),
        Arguments.of(null, false, SendFailure.IO));
  }
}
