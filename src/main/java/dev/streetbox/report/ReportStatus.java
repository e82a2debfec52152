package dev.streetbox.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Lists the states of a hazard report in the order in which they follow each other. */
public enum ReportStatus {
  /** The report is on the box's disk. */
  KEPT,
  /** The broker has acknowledged the report. */
  SENT,
  RECEIVED,
  DISPATCHED,
  DONE,
  REJECTED;

  /** Returns the contract's name, as {@code received}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the state of a contract name, if there is one. */
  public static Optional<ReportStatus> of(String key) {
    return Arrays.stream(values()).filter(status -> status.key().equals(key)).findFirst();
  }

  /** Returns whether no other state follows: of the two final states the first stays. */
  public boolean isFinal() {
    return this == DONE || this == REJECTED;
  }

  /** Returns whether this state replaces an earlier one, because states never go back. */
  public boolean replaces(ReportStatus earlier) {
    return !earlier.isFinal() && compareTo(earlier) > 0;
  }
}
