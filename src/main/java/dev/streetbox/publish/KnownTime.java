package dev.streetbox.publish;

import java.time.Instant;

/**
 * What time it is, for all that is known: what certificates are judged by.
 *
 * @param utc the time
 * @param word who says so, as {@code gnss}
 */
record KnownTime(Instant utc, String word) {}
