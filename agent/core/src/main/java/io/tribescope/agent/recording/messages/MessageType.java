package io.tribescope.agent.recording.messages;

/** What a message between nodes is for. */
public enum MessageType {
  OTHER,
  DELTA,
  CREATED,
  EXPIRED,
  ACCESSED,
  ID_CHANGED,
  STATE_TRANSFER,
  MAP;

  private static final MessageType[] BY_ORDINAL = values();

  /** Events of SessionMessage, the same numbers in Tomcat 6 to 11; -1 for any other message. */
  public static MessageType ofSessionEvent(int event) {
    switch (event) {
      case 1:
        return CREATED;
      case 2:
        return EXPIRED;
      case 3:
        return ACCESSED;
      case 4: // GET_ALL_SESSIONS
      case 12: // ALL_SESSION_DATA
      case 14: // ALL_SESSION_TRANSFERCOMPLETE
      case 16: // ALL_SESSION_NOCONTEXTMANAGER
        return STATE_TRANSFER;
      case 13:
        return DELTA;
      case 15:
        return ID_CHANGED;
      default:
        return OTHER;
    }
  }

  static MessageType of(int ordinal) {
    return BY_ORDINAL[ordinal];
  }

  /** Handed to a session manager when it arrives. */
  public boolean isForSessions() {
    return this != OTHER && this != MAP;
  }

  /** Acts on one session; put aside while the node fetches its state. */
  public boolean isForOneSession() {
    return isForSessions() && this != STATE_TRANSFER;
  }

  /** Changes what a replica holds; an access only keeps it alive. */
  public boolean isChange() {
    return this == DELTA || this == CREATED || this == EXPIRED || this == ID_CHANGED;
  }
}
