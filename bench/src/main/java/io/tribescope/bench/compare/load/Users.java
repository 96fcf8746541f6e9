package io.tribescope.bench.compare.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Some sessions over one connection. Each request writes one attribute, whose value changes, into
 * the next of them; the next request follows as soon as one is answered.
 */
final class Users implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(30);
  static final String KEY = "cart";
  private static final String COOKIE = "JSESSIONID=";
  private static final String VALUE = "0000000000";

  private final Connection connection;
  private final List<String> ids = new ArrayList<>();
  private final List<byte[]> requests = new ArrayList<>();
  private final int valueEnd;
  private long number;

  /** Connects and creates the sessions, by one request each. */
  Users(URI application, int sessions) throws IOException {
    String target = application.getPath() + "/write?k=" + KEY + "&v=" + VALUE;
    valueEnd = "GET ".length() + target.length();
    connection = new Connection(application, TIMEOUT);
    try {
      byte[] first = Connection.request(application, target, "").getBytes(ISO_8859_1);
      for (int i = 0; i < sessions; i++) {
        String id = sessionId(connection.exchange(first));
        ids.add(id);
        String cookie = "Cookie: " + COOKIE + id + "\r\n";
        requests.add(Connection.request(application, target, cookie).getBytes(ISO_8859_1));
      }
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  private static String sessionId(String answer) throws IOException {
    int cookie = answer.indexOf(COOKIE);
    if (!Connection.isOk(answer) || cookie < 0) {
      throw new IOException("no session was created: " + Connection.statusLine(answer));
    }
    return answer.substring(cookie + COOKIE.length(), answer.indexOf(';', cookie));
  }

  /** Makes requests until the time is over; the time of each, in nanoseconds. */
  Histogram writeUntil(long nanoTime) throws IOException {
    Histogram times = new Histogram(TIMEOUT.toNanos(), 3);
    long begin = System.nanoTime();
    while (begin - nanoTime < 0) {
      byte[] request = requests.get((int) (number % requests.size()));
      number++;
      writeValue(request);
      String answer = connection.exchange(request);
      long end = System.nanoTime();
      times.recordValue(Math.min(end - begin, TIMEOUT.toNanos()));
      begin = end;
      check(answer);
    }
    return times;
  }

  private void writeValue(byte[] request) {
    long rest = number;
    for (int i = valueEnd - 1; i >= valueEnd - VALUE.length(); i--) {
      request[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static void check(String answer) throws IOException {
    if (!Connection.isOk(answer)) {
      throw new IOException("a request failed: " + Connection.statusLine(answer));
    }
    if (answer.contains(COOKIE)) {
      throw new IOException("a session was lost under load");
    }
  }

  /** The sessions' ids: credentials, not to be logged. */
  List<String> ids() {
    return ids;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
