package io.tribescope.testbed;

/** An element of server.xml that takes a further element, as its last. */
public enum Place {
  SERVER,
  SERVICE,
  ENGINE,
  HOST,
  CONTEXT,
  CLUSTER,
  CHANNEL
}
