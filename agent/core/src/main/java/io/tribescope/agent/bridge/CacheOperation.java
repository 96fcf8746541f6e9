package io.tribescope.agent.bridge;

/** What a change does to a cache, as a number: in events, and as an index of what is counted. */
public final class CacheOperation {
  public static final int PUT = 0;
  public static final int REMOVE = 1;
  public static final int REMOVE_ALL = 2;

  /** Only of changes in a cache: on its way to a peer an update is a put, or a remove. */
  public static final int UPDATE = 3;

  private CacheOperation() {}

  /** Of an event of Ehcache's messages: 0 is a put, 1 a removal, 3 the removal of all. */
  public static int ofEvent(int event) {
    return event == 0 ? PUT : event == 1 ? REMOVE : REMOVE_ALL;
  }
}
