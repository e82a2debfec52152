package dev.streetbox.mqtt;

import java.io.IOException;
import java.util.function.Supplier;

/** Opens connections to one broker. */
@FunctionalInterface
public interface Connector {
  /**
   * Begins to connect and does not wait; {@link ConnectionEvent.Connected} or {@link
   * ConnectionEvent.Lost} reports the result.
   *
   * @param clock the time by which certificates are verified; called by the connecting thread
   * @throws IOException if the login cannot be read; nothing is open then
   */
  Connection open(Session session, Supplier<KnownTime> clock) throws IOException;
}
