package dev.streetbox.publish;

import java.util.Locale;

/** Names the two lanes that rows are sent on. */
enum Lane {
  /** The newest rows, once every live period. */
  LIVE,
  /** All others, oldest first. */
  BACKLOG;

  /** Returns the last word of the lane's topic. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
