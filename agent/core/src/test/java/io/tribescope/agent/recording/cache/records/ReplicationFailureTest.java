package io.tribescope.agent.recording.cache.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.rmi.ConnectException;
import java.rmi.ConnectIOException;
import java.rmi.MarshalException;
import java.rmi.NoSuchObjectException;
import java.rmi.NotBoundException;
import java.rmi.RemoteException;
import java.rmi.ServerError;
import java.rmi.ServerException;
import java.rmi.UnmarshalException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** As RMI wraps what goes wrong, here and at the peer. */
class ReplicationFailureTest {
  static Stream<Arguments> failures() {
    Exception filtered = new InvalidClassException("filter status: REJECTED");
    return Stream.of(
        Arguments.of(new ConnectException("refused"), ReplicationFailure.UNREACHABLE),
        Arguments.of(
            new ConnectIOException("", new SocketException("no route")),
            ReplicationFailure.UNREACHABLE),
        Arguments.of(new NotBoundException("c"), ReplicationFailure.UNREACHABLE),
        Arguments.of(
            new UnmarshalException("", new EOFException()), ReplicationFailure.UNREACHABLE),
        Arguments.of(new NoSuchObjectException("gone"), ReplicationFailure.STALE_STUB),
        Arguments.of(
            new UnmarshalException("", new SocketTimeoutException("Read timed out")),
            ReplicationFailure.TIMEOUT),
        // Its system accepts, and it does not greet: the call was not made.
        Arguments.of(
            new ConnectIOException("", new SocketTimeoutException("Read timed out")),
            ReplicationFailure.UNREACHABLE),
        Arguments.of(
            new ConnectIOException("", new SocketTimeoutException("connect timed out")),
            ReplicationFailure.UNREACHABLE),
        // What the peer itself waited for.
        Arguments.of(
            new ServerException("", new RemoteException("", new SocketTimeoutException())),
            ReplicationFailure.REJECTED),
        Arguments.of(
            new ServerError("", new Error(new SocketTimeoutException())),
            ReplicationFailure.REJECTED),
        Arguments.of(
            new IllegalStateException(new SocketTimeoutException()), ReplicationFailure.REJECTED),
        Arguments.of(
            new MarshalException("", new NotSerializableException("C")),
            ReplicationFailure.SERIALIZATION),
        Arguments.of(
            new ServerException("", new UnmarshalException("", new ClassNotFoundException("C"))),
            ReplicationFailure.SERIALIZATION),
        Arguments.of(
            new ServerException("", new UnmarshalException("", filtered)),
            ReplicationFailure.REJECTED),
        Arguments.of(new ServerException("", new RemoteException()), ReplicationFailure.REJECTED),
        Arguments.of(
            new ServerError("", new OutOfMemoryError("there")), ReplicationFailure.REJECTED),
        Arguments.of(new IllegalStateException("not alive"), ReplicationFailure.REJECTED),
        Arguments.of(new UnmarshalException("bad"), ReplicationFailure.OTHER),
        Arguments.of(new OutOfMemoryError(), ReplicationFailure.OTHER));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void reason(Throwable failure, ReplicationFailure reason) {
    assertThat(ReplicationFailure.of(failure)).isEqualTo(reason);
  }

  static Stream<Arguments> lookUps() {
    return Stream.of(
        Arguments.of(new ConnectException("refused"), ReplicationFailure.UNREACHABLE),
        Arguments.of(new NotBoundException("c"), ReplicationFailure.UNREACHABLE),
        // Nothing was sent that may have been applied.
        Arguments.of(
            new UnmarshalException("", new SocketTimeoutException("Read timed out")),
            ReplicationFailure.UNREACHABLE),
        // Something else than a registry is at that port.
        Arguments.of(new NoSuchObjectException("no registry"), ReplicationFailure.UNREACHABLE),
        Arguments.of(
            new UnmarshalException("", new ClassNotFoundException("C")),
            ReplicationFailure.SERIALIZATION));
  }

  @ParameterizedTest
  @MethodSource("lookUps")
  void reasonOfALookUp(Throwable failure, ReplicationFailure reason) {
    assertThat(ReplicationFailure.ofLookUp(failure)).isEqualTo(reason);
  }
}
