package io.tribescope.bench.compare.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One kept HTTP/1.1 connection, for one thread and one request at a time. */
final class Connection implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d{1,9})\r\n");

  private final Socket socket = new Socket();
  private final InputStream in;
  private final byte[] buffer = new byte[8192];

  /**
   * Connects.
   *
   * @param timeout for an answer
   */
  Connection(URI server, Duration timeout) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      in = socket.getInputStream();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A request without a body. */
  static String request(URI server, String target, String headers) {
    return "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
        .formatted(target, server.getAuthority(), headers);
  }

  /**
   * Sends a request and reads the whole answer: status line, headers and body.
   *
   * @throws IOException also for an answer of unknown length, or of more than 8 KiB
   */
  String exchange(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    int length = 0;
    String answer;
    do {
      int more = in.read(buffer, length, buffer.length - length);
      if (more <= 0) {
        throw new EOFException("an answer that ended early, or is longer than 8 KiB");
      }
      length += more;
      answer = new String(buffer, 0, length, ISO_8859_1);
    } while (!isComplete(answer));
    return answer;
  }

  private static boolean isComplete(String answer) throws IOException {
    int end = answer.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    Matcher length = LENGTH.matcher(answer).region(0, end + 2);
    if (!length.find()) {
      throw new IOException("an answer without a length: " + statusLine(answer));
    }
    return answer.length() >= end + 4 + Integer.parseInt(length.group(1));
  }

  static boolean isOk(String answer) {
    return answer.startsWith("HTTP/1.1 200 ");
  }

  /** For a message: the rest of an answer may hold a session's id. */
  static String statusLine(String answer) {
    return answer.substring(0, answer.indexOf("\r\n"));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
