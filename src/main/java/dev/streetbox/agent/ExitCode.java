package dev.streetbox.agent;

/** What the process says when it ends (the contract). */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** The world said no. */
  public static final int WORLD = 1;

  /** Wrong usage or configuration. */
  public static final int USAGE = 2;

  /** Another agent holds the buses and the store. */
  public static final int TAKEN = 3;

  /** A bug; also a duty that is stuck. */
  public static final int BUG = 70;

  private ExitCode() {}
}
