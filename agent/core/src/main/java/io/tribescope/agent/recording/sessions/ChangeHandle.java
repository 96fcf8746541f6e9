package io.tribescope.agent.recording.sessions;

/**
 * One change of a session as a {@code long}, to travel with its message and come back with what
 * became of it there. From the lowest bit:
 *
 * <pre>
 * 21 bits  the slot of the session
 *  8 bits  the change's number, as in the words of {@link SessionEntries}
 * 35 bits  the upper bits of the session's key
 * </pre>
 *
 * <p>By then the session may have ended and its slot be another's. The key's bits tell: that
 * another session in the same slot has the same 35 bits happens once in 34 billion. 0 is no change:
 * a key is never 0 in its upper bits but by the same chance.
 */
final class ChangeHandle {
  private static final int SLOT_BITS = 21;
  private static final int NUMBER_BITS = 8;
  private static final long KEY = -1L << (SLOT_BITS + NUMBER_BITS);

  private ChangeHandle() {}

  static long of(long key, int slot, int number) {
    return (key & KEY) | (long) (number & 0xFF) << SLOT_BITS | slot;
  }

  static int slot(long handle) {
    return (int) handle & ((1 << SLOT_BITS) - 1);
  }

  static int tag(long handle) {
    return (int) (handle >>> SLOT_BITS) & 0xFF;
  }

  static boolean mayBeOf(long handle, long key) {
    return ((key ^ handle) & KEY) == 0;
  }
}
