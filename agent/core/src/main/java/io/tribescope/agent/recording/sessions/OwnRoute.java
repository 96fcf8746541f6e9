package io.tribescope.agent.recording.sessions;

/**
 * The route that this node's contexts share. Every request that brings an id is compared with it,
 * and with it alone: to ask Tomcat for a request's session manager takes a lock. Where contexts
 * differ, as those of two engines in one JVM, there is none, and the context has to be looked up.
 * Thread-safe.
 */
public final class OwnRoute {
  private volatile long route;
  private volatile boolean several;

  /** Another context has that route; 0 where it has none, and no id is foreign to it. */
  public synchronized void add(long ofContext) {
    if (route == 0) {
      route = ofContext;
    } else if (ofContext != 0 && ofContext != route) {
      several = true;
    }
  }

  /** Whether there may be a context here to which the id has another node's route. */
  public boolean mayDiffer(String id) {
    long ofId = SessionKey.routeOf(id);
    return ofId != 0 && (several || ofId != route);
  }
}
