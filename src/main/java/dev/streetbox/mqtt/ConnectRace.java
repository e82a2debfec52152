package dev.streetbox.mqtt;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Opens one TCP connection by racing several attempts (compare Happy Eyeballs, RFC 8305). Without
 * radio coverage, TCP doubles the pause between the SYNs of an attempt, so when coverage returns an
 * old attempt may send nothing for many seconds. A new attempt every 2 s therefore connects within
 * about 1 s. The first attempt that connects is kept, the others are closed.
 *
 * <p>{@link #run} is called by one thread, {@link #cancel} by any.
 */
final class ConnectRace {
  /** Time between attempts, in ms; the kernel sends two SYNs (at 0 and 1 s) in it. */
  private static final long NEXT_ATTEMPT_MS = 2000;

  /**
   * Time between attempts, in ms, while an address has not been tried yet (RFC 8305, section 5).
   */
  private static final long NEXT_ADDRESS_MS = 250;

  /**
   * Limits the attempts at one time. The oldest is closed first; it has then waited about 10 s,
   * longer than any usable round trip.
   */
  private static final int MAX_ATTEMPTS = 5;

  private final Supplier<List<InetSocketAddress>> source;
  private final Time time;
  private final Deque<SocketChannel> pending = new ArrayDeque<>();
  private List<InetSocketAddress> addresses;
  private int begunAttempts;
  private IOException lastError = new ConnectException("no attempt was made");
  private volatile boolean cancelled;
  private volatile Selector waiting;

  /**
   * @param addresses where to connect, at least one
   */
  ConnectRace(List<InetSocketAddress> addresses, Time time) {
    this(() -> addresses, time);
  }

  /**
   * @param source returns where to connect, at least one address; is asked several times a second,
   *     and new addresses are tried at once
   */
  ConnectRace(Supplier<List<InetSocketAddress>> source, Time time) {
    this.source = source;
    this.addresses = List.copyOf(source.get());
    this.time = time;
  }

  /**
   * Connects within a time limit.
   *
   * @return a connected channel in blocking mode; the caller closes it
   * @throws IOException if every address refused, none answered in time, or {@link #cancel} was
   *     called; nothing is left open
   */
  SocketChannel run(Duration limit) throws IOException {
    long deadlineMs = time.tickMs() + limit.toMillis();
    Optional<SocketChannel> winner = Optional.empty();
    try (Selector selector = Selector.open()) {
      waiting = selector;
      winner = race(selector, deadlineMs);
    } finally {
      winner.ifPresent(pending::remove);
      for (SocketChannel loser : pending) {
        loser.close();
      }
    }
    SocketChannel channel = winner.orElseThrow(() -> lastError);
    channel.configureBlocking(true);
    return channel;
  }

  /** Ends a running {@link #run}, and any later one, at once. */
  void cancel() {
    cancelled = true;
    Selector selector = waiting;
    if (selector != null) {
      selector.wakeup();
    }
  }

  private Optional<SocketChannel> race(Selector selector, long deadlineMs) throws IOException {
    long nextMs = time.tickMs();
    while (!cancelled) {
      long nowMs = time.tickMs();
      if (nowMs >= deadlineMs) {
        throw new SocketTimeoutException("no answer from " + addresses.get(0));
      }
      if (takeNewAddresses() || nowMs >= nextMs) {
        Optional<SocketChannel> connected = begin(selector);
        if (connected.isPresent()) {
          return connected;
        }
        nextMs = nowMs + (begunAttempts < addresses.size() ? NEXT_ADDRESS_MS : NEXT_ATTEMPT_MS);
      }
      long waitMs = Math.min(nextMs, deadlineMs) - nowMs;
      selector.select(Math.max(1, Math.min(NEXT_ADDRESS_MS, waitMs)));
      Optional<SocketChannel> winner = firstConnected(selector);
      if (winner.isPresent()) {
        return winner;
      }
      if (pending.isEmpty() && begunAttempts >= addresses.size()) {
        throw lastError;
      }
      nextMs = pending.isEmpty() ? time.tickMs() : nextMs;
    }
    throw new ConnectException("the attempt was cancelled");
  }

  /** Begins with the first address again if the addresses have changed. */
  private boolean takeNewAddresses() {
    List<InetSocketAddress> latest = source.get();
    if (latest.equals(addresses)) {
      return false;
    }
    addresses = List.copyOf(latest);
    begunAttempts = 0;
    return true;
  }

  private Optional<SocketChannel> begin(Selector selector) throws IOException {
    if (pending.size() >= MAX_ATTEMPTS) {
      pending.removeFirst().close();
    }
    SocketChannel channel = SocketChannel.open();
    pending.addLast(channel);
    try {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_CONNECT);
      if (channel.connect(addresses.get(begunAttempts++ % addresses.size()))) {
        return Optional.of(channel);
      }
    } catch (IOException e) {
      discard(channel, e);
    }
    return Optional.empty();
  }

  private Optional<SocketChannel> firstConnected(Selector selector) throws IOException {
    for (SelectionKey key : selector.selectedKeys()) {
      SocketChannel channel = (SocketChannel) key.channel();
      try {
        if (channel.finishConnect()) {
          return Optional.of(channel);
        }
      } catch (IOException e) {
        discard(channel, e);
      }
    }
    selector.selectedKeys().clear();
    return Optional.empty();
  }

  private void discard(SocketChannel channel, IOException error) throws IOException {
    lastError = error;
    pending.remove(channel);
    channel.close();
  }
}
