package io.tribescope.agent;

/** A JVM that does nothing. */
final class EmptyMain {
  private EmptyMain() {}

  public static void main(String[] arguments) {}
}
