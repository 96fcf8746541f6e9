package io.tribescope.agent.bridge;

/** Sessions that are made, renamed, taken over, failed over and ended on this node. */
public interface SessionEvents {
  SessionEvents NONE = new SessionEvents() {};

  /** A session was made on this node. */
  default void sessionCreated(Object channel, String context, String id) {}

  /** A session is about to get another id. */
  default void sessionRenaming(Object channel, String context, String from, String to) {}

  /** A session that was another node's is about to become this one's. */
  default void sessionTaken(Object channel, String context, String id) {}

  /** A session has ended on this node, its own or a replica. */
  default void sessionExpired(Object channel, String context, String id) {}

  /**
   * Whether the id, which a request brought, may have another node's route. Asked before anything
   * is asked of Tomcat.
   */
  default boolean mayBeForeign(String id) {
    return false;
  }

  /** Whether the id, which a request brought, has another node's route. */
  default boolean isForeign(Object channel, String context, String id) {
    return false;
  }

  /**
   * A request came with another node's route.
   *
   * @param found whether the session is here
   * @param lapsed whether it is, but was idle for so long that Tomcat will end it
   */
  default void failedOver(
      Object channel, String context, String id, boolean found, boolean lapsed) {}
}
