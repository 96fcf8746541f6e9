package io.tribescope.agent.bridge;

/** What a hook must know of the probe to leave every other raw message alone. */
public final class ProbeFormat {
  /** A probe's first four bytes: "TSCP". */
  public static final int MAGIC = 0x54534350;

  /** Bytes of a probe of the first version, always, and of a request of the second. */
  public static final int SHORTEST = 48;

  /** Bytes of a reply of the second version before its receipts. */
  public static final int REPLY_HEAD = 64;

  /** Bytes of one receipt: what came of one second. */
  public static final int RECEIPT = 20;

  /** Bytes of a reply with 64 receipts. */
  public static final int LONGEST = REPLY_HEAD + 64 * RECEIPT;

  private ProbeFormat() {}
}
