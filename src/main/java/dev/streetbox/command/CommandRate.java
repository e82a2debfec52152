package dev.streetbox.command;

import java.util.ArrayDeque;
import java.util.Deque;

/** Limits the commands of any minute. Used by one thread. */
final class CommandRate {
  /** Limits the commands in a minute. */
  static final int MAX_PER_MINUTE = 60;

  private static final long MINUTE_MS = 60_000;

  private final Deque<Long> admittedMs = new ArrayDeque<>();

  /** Returns whether one more command may be done now, and counts it then. */
  boolean admit(long nowMs) {
    while (!admittedMs.isEmpty() && nowMs - admittedMs.peekFirst() >= MINUTE_MS) {
      admittedMs.removeFirst();
    }
    if (admittedMs.size() >= MAX_PER_MINUTE) {
      return false;
    }
    admittedMs.addLast(nowMs);
    return true;
  }
}
