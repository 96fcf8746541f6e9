package io.tribescope.agent.bridge;

/** Attributes of sessions that an application itself keeps from the other nodes. */
public interface AttributeEvents {
  AttributeEvents NONE = new AttributeEvents() {};

  /**
   * An application left a session's attribute out of what it serializes.
   *
   * @param loader the class loader of the code that did, an identity
   * @param type the class of the attribute
   */
  default void attributeDropped(Object loader, String type) {}
}
