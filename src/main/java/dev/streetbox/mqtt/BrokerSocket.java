package dev.streetbox.mqtt;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;

/**
 * Opens and closes the socket of one connection. Replaces Paho 1.2.5's own network module, because
 * that one leaves TLS sockets open, can deadlock while closing them, and leaks a thread if the peer
 * closes at once. {@link #stop}, called by any thread, ends every thread that Paho has for the
 * connection.
 */
final class BrokerSocket implements NetworkModule {
  private final InetSocketAddress broker;
  private final BrokerAddresses addresses;
  private final TlsLayer layer;
  private final PacketLimits limits;
  private final RetainSupport retain;
  private final Duration limit;
  private final Time time;
  private final LossReason reason = new LossReason();
  private final AckCodes codes = new AckCodes();
  private final Object lock = new Object();
  private boolean stopped;
  private ConnectRace connectRace;
  private SocketChannel channel;
  private Optional<IncomingPackets> packets = Optional.empty();
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();

  /**
   * @param broker the unresolved address
   * @param addresses resolves it
   * @param limit the time for TCP connect and TLS handshake together
   */
  BrokerSocket(
      InetSocketAddress broker,
      BrokerAddresses addresses,
      TlsLayer layer,
      PacketLimits limits,
      RetainSupport retain,
      Duration limit,
      Time time) {
    this.broker = broker;
    this.addresses = addresses;
    this.layer = layer;
    this.limits = limits;
    this.retain = retain;
    this.limit = limit;
    this.time = time;
  }

  @Override
  public void start() throws IOException {
    long deadlineMs = time.tickMs() + limit.toMillis();
    List<InetSocketAddress> first = addresses.await(limit);
    Socket raw = connect(first, deadlineMs);
    raw.setTcpNoDelay(true);
    raw.setKeepAlive(true);
    raw.setSoTimeout((int) remaining(deadlineMs).toMillis());
    Socket ready = layer.wrap(raw, broker.getHostString());
    // Reads have no timeout from here on, because Paho loses the first byte of a packet if a
    // timeout interrupts its header. A read ends when this socket is closed.
    raw.setSoTimeout(0);
    // Both streams are taken now, because a TLS socket that has received an alert no longer returns
    // an output stream.
    IncomingPackets incoming =
        new IncomingPackets(
            new PacketReader(ready.getInputStream(), limits.incomingBytes()),
            limits.keepAliveS(),
            codes,
            retain);
    InputStream fromBroker = new BrokerInput(incoming, this::explained, reason);
    OutputStream toBroker = new BrokerOutput(ready.getOutputStream(), this::explained, reason);
    synchronized (lock) {
      packets = Optional.of(incoming);
      in = fromBroker;
      out = toBroker;
      throwIfStopped();
    }
  }

  private Socket connect(List<InetSocketAddress> first, long deadlineMs) throws IOException {
    ConnectRace connecting =
        new ConnectRace(
            () -> {
              List<InetSocketAddress> latest = addresses.latest();
              return latest.isEmpty() ? first : latest;
            },
            time);
    synchronized (lock) {
      connectRace = connecting;
      throwIfStopped();
    }
    SocketChannel winner = connecting.run(remaining(deadlineMs));
    synchronized (lock) {
      channel = winner;
      throwIfStopped();
    }
    return winner.socket();
  }

  /** Closes the TCP socket only, because closing the TLS layer could wait for the peer. */
  @Override
  public void stop() throws IOException {
    synchronized (lock) {
      stopped = true;
      if (connectRace != null) {
        connectRace.cancel();
      }
      if (channel != null) {
        channel.close();
      }
    }
  }

  /**
   * Returns whether the box no longer has the address from which it is connected, so that no answer
   * can arrive.
   */
  boolean isAddressGone() {
    SocketChannel current;
    synchronized (lock) {
      current = channel;
    }
    try {
      return current != null
          && current.getLocalAddress() instanceof InetSocketAddress local
          && !local.getAddress().isLoopbackAddress()
          && NetworkInterface.getByInetAddress(local.getAddress()) == null;
    } catch (IOException e) {
      return false; // A closed socket is an event of its own.
    }
  }

  /**
   * Returns whether the broker's name no longer has the address to which the box is connected.
   * Begins a lookup if the last began 2 s ago, and judges by the last that has ended.
   */
  boolean isBrokerMoved() {
    SocketChannel current;
    synchronized (lock) {
      current = channel;
    }
    List<InetSocketAddress> latest = addresses.latest();
    try {
      return current != null
          && !latest.isEmpty()
          && current.getRemoteAddress() instanceof InetSocketAddress remote
          && !latest.contains(remote);
    } catch (IOException e) {
      return false; // A closed socket is an event of its own.
    }
  }

  @Override
  public InputStream getInputStream() {
    synchronized (lock) {
      return in;
    }
  }

  @Override
  public OutputStream getOutputStream() {
    synchronized (lock) {
      return out;
    }
  }

  @Override
  public String getServerURI() {
    return BrokerSocketFactory.uri(broker);
  }

  /** Returns what the broker has stated in CONNACK; empty before. */
  Optional<Connack> connack() {
    synchronized (lock) {
      return packets.flatMap(IncomingPackets::connack);
    }
  }

  /** Returns an error with its cause in words; after CONNACK, a loss is one of the network. */
  private IOException explained(IOException error) {
    return connack().isPresent() ? error : layer.explained(error);
  }

  /** Returns the reason codes of the acknowledgements. */
  AckCodes codes() {
    return codes;
  }

  private Duration remaining(long deadlineMs) {
    return Duration.ofMillis(Math.max(1, deadlineMs - time.tickMs()));
  }

  private void throwIfStopped() throws IOException {
    if (stopped) {
      stop();
      throw new ConnectException("the attempt was cancelled");
    }
  }
}
