package dev.streetbox.publish;

import java.io.IOException;

/**
 * Closes the connection in order: sends the newest rows and the state {@code offline}, then
 * DISCONNECT with reason 0x00, so that the broker does not publish the will. Used by the
 * publisher's thread.
 */
final class OrderlyClose {
  private static final long FLUSH_LIMIT_MS = 2000;
  private static final long OFFLINE_LIMIT_MS = 1000;
  private static final long DISCONNECT_LIMIT_MS = 1000;

  private final Sender sender;
  private final LinkState state;
  private final BrokerLink link;

  OrderlyClose(Sender sender, LinkState state, BrokerLink link) {
    this.sender = sender;
    this.state = state;
    this.link = link;
  }

  /**
   * Sends the newest rows, waits at most 2 s for the answers in flight, publishes {@code offline}
   * and disconnects; takes at most 4 s in all. The connection is dropped when this returns, also if
   * the thread is interrupted. Rows that were not answered stay in the outbox.
   */
  void run() {
    // The flag is cleared meanwhile, because an interrupt ends the duty but not the DISCONNECT.
    boolean interrupted = Thread.interrupted();
    try {
      if (state.isOnline()) {
        sender.makeLiveDue();
        sender.sendDue();
        link.serveUntil(sender::isIdle, FLUSH_LIMIT_MS);
      }
      if (state.isOnline()) {
        sender.sendOffline();
        link.serveUntil(sender::isIdle, OFFLINE_LIMIT_MS);
      }
      if (state.isOnline()) {
        link.disconnect(DISCONNECT_LIMIT_MS);
      }
    } catch (IOException e) {
      // A second interrupt drops the connection without DISCONNECT.
    } finally {
      link.drop();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
