package dev.streetbox.mqtt;

import java.io.IOException;
import java.util.function.Supplier;

/** Opens connections to one broker. */
@FunctionalInterface
public interface Connector {
  /**
   * Begins to connect and does not wait; {@link ConnectionEvent.Connected} or {@link
   * ConnectionEvent.Lost} tells how it went.
   *
   * @param clock what certificates are judged by; asked for by the thread that connects
   * @throws IOException if the login cannot be read; nothing is open then
   */
  Connection open(Session session, Supplier<KnownTime> clock) throws IOException;
}
