package dev.streetbox.mqtt;

import java.io.IOException;
import java.net.Socket;

/** Adds a layer to a TCP socket: none, or TLS. */
@FunctionalInterface
interface TlsLayer {
  /** No layer: bytes are sent as they are. */
  TlsLayer PLAIN = (raw, host) -> raw;

  /**
   * Returns the socket to read and write, after any handshake.
   *
   * @param raw a connected socket, with a timeout for each read
   * @param host the name or address that the peer's certificate has to hold
   * @throws IOException if the handshake fails; the caller closes {@code raw}
   */
  Socket wrap(Socket raw, String host) throws IOException;

  /** Returns an error of a read after the handshake, with its cause in words where it has one. */
  default IOException explained(IOException error) {
    return error;
  }
}
