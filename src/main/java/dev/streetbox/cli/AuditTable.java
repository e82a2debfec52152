package dev.streetbox.cli;

import dev.streetbox.listen.ReceivedAccount;
import java.io.PrintWriter;
import java.util.List;

/** Prints a subscriber's account of received rows for people. */
final class AuditTable {
  private static final String ROW = "%-20s %6s %10s %10s %9s %11s%n";

  private AuditTable() {}

  /**
   * Prints one line a boot, and one for each boot with conflicting rows, for each box with a
   * simulated source and for skipped messages.
   *
   * @param simulated the boxes with a simulated source
   * @param malformed the number of skipped messages
   */
  static void print(
      List<ReceivedAccount> accounts, List<String> simulated, long malformed, PrintWriter out) {
    out.printf(ROW, "box", "boot", "received", "duplicates", "declared", "unexplained");
    for (ReceivedAccount a : accounts) {
      out.printf(
          ROW, a.box(), boot(a), a.received(), a.duplicates(), a.declared(), a.unexplained());
    }
    for (ReceivedAccount a : accounts) {
      if (a.conflicts() > 0) {
        out.printf(
            "%s boot %s: %d rows were received with two contents; likely cause: two boxes with one"
                + " id%n",
            a.box(), boot(a), a.conflicts());
      }
    }
    for (String box : simulated) {
      out.printf("%s: simulated, at least in part; its rows are no measurements%n", box);
    }
    if (malformed > 0) {
      out.printf("%d messages were not those of a box and were skipped%n", malformed);
    }
  }

  /** Prints how many rows and declarations had no room in the account, if there are any. */
  static void printUnaccounted(long unaccounted, PrintWriter out) {
    if (unaccounted > 0) {
      out.printf(
          "%d rows or declarations are not accounted for, because the numbers have too many gaps%n",
          unaccounted);
    }
  }

  /** Returns the boot, or that the line sums up the boots whose accounts are closed. */
  private static String boot(ReceivedAccount account) {
    return account.boot() == 0 ? "older" : Integer.toString(account.boot());
  }
}
