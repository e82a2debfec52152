package dev.streetbox.agent;

/** Lists the exit codes of the process (contract, "Exit codes"). */
public final class ExitCode {
  /** The command did its work. */
  public static final int DONE = 0;

  /** An expected error of the environment: a sensor, file, network or broker. */
  public static final int EXTERNAL_ERROR = 1;

  /** Wrong usage or configuration. */
  public static final int USAGE = 2;

  /** Another agent holds the buses and the store. */
  public static final int TAKEN = 3;

  /** A bug in the program, or a stuck duty. */
  public static final int BUG = 70;

  private ExitCode() {}
}
