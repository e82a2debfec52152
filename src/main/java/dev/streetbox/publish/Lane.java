package dev.streetbox.publish;

import java.util.Locale;

/** Names the two lanes that rows are sent on. */
enum Lane {
  /** Carries the newest rows, once every live period. */
  LIVE,
  /** Carries all other rows, oldest first. */
  BACKLOG;

  /** Returns the last level of the lane's topic. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
