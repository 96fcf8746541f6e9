package io.tribescope.agent;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** What is written to stderr while a piece of code runs. */
public final class Stderr {
  private Stderr() {}

  public static List<String> linesOf(Runnable code) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      code.run();
    } finally {
      System.setErr(before);
    }
    return written.toString(StandardCharsets.UTF_8).lines().collect(Collectors.toList());
  }
}
