package io.tribescope.testbed.network;

/** What runs on a host of its own, so that its links can be cut. */
public interface Hosted {
  /** Its host. */
  Host host();
}
