package dev.streetbox.mqtt;

import java.io.IOException;
import java.net.Socket;

/** What lies over a TCP socket: nothing, or TLS. */
@FunctionalInterface
interface TlsLayer {
  /** Nothing: bytes go as they are. */
  TlsLayer PLAIN = (raw, host) -> raw;

  /**
   * Makes the socket to speak through, after any handshake.
   *
   * @param raw a connected socket, with a timeout for each read
   * @param host the name that the peer has to prove
   * @throws IOException if the handshake fails; the caller closes {@code raw}
   */
  Socket over(Socket raw, String host) throws IOException;
}
