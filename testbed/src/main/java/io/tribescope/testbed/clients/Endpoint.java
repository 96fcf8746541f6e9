package io.tribescope.testbed.clients;

import java.net.URI;

/** Where a client reaches the test bed's application: a node, or the balancer in front. */
public interface Endpoint {
  /** The application's address, without a slash at the end. */
  URI application();
}
