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

/**
 * Opens one TCP connection by racing several attempts. In a dead spot TCP doubles the pause between
 * its SYNs, so an attempt that began early is deaf for many seconds when the radio is back: a fresh
 * one every two seconds hears it within one. The first that connects wins, the others are closed.
 *
 * <p>{@link #run} and {@link #abandon} may be called by different threads.
 */
final class ConnectRace {
  /** How long after the last attempt the next one joins: the kernel has sent two SYNs by then. */
  private static final long STEP_MS = 2000;

  /** While there are addresses that were not tried yet, the next one joins this soon. */
  private static final long NEXT_ADDRESS_MS = 250;

  /** So many attempts at once: the oldest has then waited far longer than any round trip. */
  private static final int LANES = 5;

  private final List<InetSocketAddress> addresses;
  private final Time time;
  private final Deque<SocketChannel> pending = new ArrayDeque<>();
  private int begun;
  private IOException lastFailure = new ConnectException("no attempt was made");
  private volatile boolean abandoned;
  private volatile Selector waiting;

  /**
   * @param addresses where to connect, at least one
   */
  ConnectRace(List<InetSocketAddress> addresses, Time time) {
    this.addresses = List.copyOf(addresses);
    this.time = time;
  }

  /**
   * Connects, in at most that time.
   *
   * @return a connected channel in blocking mode; the caller closes it
   * @throws IOException if every address refused, nobody answered in time, or it was abandoned;
   *     nothing is left open
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
    SocketChannel channel = winner.orElseThrow(() -> lastFailure);
    channel.configureBlocking(true);
    return channel;
  }

  /** Ends a running race, and any later one, at once. */
  void abandon() {
    abandoned = true;
    Selector selector = waiting;
    if (selector != null) {
      selector.wakeup();
    }
  }

  private Optional<SocketChannel> race(Selector selector, long deadlineMs) throws IOException {
    long nextMs = time.tickMs();
    while (!abandoned) {
      long nowMs = time.tickMs();
      if (nowMs >= deadlineMs) {
        throw new SocketTimeoutException("nobody answered at " + addresses.get(0));
      }
      if (nowMs >= nextMs) {
        Optional<SocketChannel> atOnce = begin(selector);
        if (atOnce.isPresent()) {
          return atOnce;
        }
        nextMs = nowMs + (begun < addresses.size() ? NEXT_ADDRESS_MS : STEP_MS);
      }
      selector.select(Math.max(1, Math.min(nextMs, deadlineMs) - nowMs));
      Optional<SocketChannel> winner = firstConnected(selector);
      if (winner.isPresent()) {
        return winner;
      }
      if (pending.isEmpty() && begun >= addresses.size()) {
        throw lastFailure;
      }
      nextMs = pending.isEmpty() ? time.tickMs() : nextMs;
    }
    throw new ConnectException("connecting was given up");
  }

  private Optional<SocketChannel> begin(Selector selector) throws IOException {
    if (pending.size() >= LANES) {
      pending.removeFirst().close();
    }
    SocketChannel channel = SocketChannel.open();
    pending.addLast(channel);
    try {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_CONNECT);
      if (channel.connect(addresses.get(begun++ % addresses.size()))) {
        return Optional.of(channel);
      }
    } catch (IOException e) {
      fail(channel, e);
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
        fail(channel, e);
      }
    }
    selector.selectedKeys().clear();
    return Optional.empty();
  }

  private void fail(SocketChannel channel, IOException e) throws IOException {
    lastFailure = e;
    pending.remove(channel);
    channel.close();
  }
}
