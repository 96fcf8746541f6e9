package io.tribescope.metrics;

enum TestCost implements Cost {
  READ,
  ADDED;

  @Override
  public String meaning() {
    return name();
  }
}
