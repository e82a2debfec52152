package dev.streetbox.mqtt;

import dev.streetbox.bus.Time;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;

/**
 * The socket of one connection, in Paho's place: Paho 1.2.5's own leaves TLS sockets open, can
 * deadlock while closing them, and leaks a thread if the peer closes at once. Closing this one,
 * from any thread, ends every thread that Paho has for the connection.
 */
final class Wire implements NetworkModule {
  /** How long a loss is kept from Paho while it has not sent its CONNECT. */
  private static final long HOLD_MS = 5000;

  /** How long a writer that failed waits for the reader's reason. */
  private static final long REASON_MS = 500;

  private static final int BUFFER_BYTES = 16 * 1024;

  private final InetSocketAddress broker;
  private final SocketLayer layer;
  private final Duration limit;
  private final Time time;
  private final CompletableFuture<IOException> reason = new CompletableFuture<>();
  private final CountDownLatch written = new CountDownLatch(1);
  private final Object lock = new Object();
  private boolean stopped;
  private Race race;
  private SocketChannel channel;
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();

  /**
   * @param broker where to connect; not resolved yet, the connecting thread does that
   * @param limit for TCP connect and TLS handshake together
   */
  Wire(InetSocketAddress broker, SocketLayer layer, Duration limit, Time time) {
    this.broker = broker;
    this.layer = layer;
    this.limit = limit;
    this.time = time;
  }

  @Override
  public void start() throws IOException {
    long deadlineMs = time.tickMs() + limit.toMillis();
    Socket raw = connected(addresses(), deadlineMs);
    raw.setTcpNoDelay(true);
    raw.setKeepAlive(true);
    raw.setSoTimeout((int) remaining(deadlineMs).toMillis());
    Socket ready = layer.over(raw, broker.getHostString());
    // No timeout from here on: Paho loses the first byte of a packet whose header is interrupted by
    // one. The read ends when this socket is closed.
    raw.setSoTimeout(0);
    // Both now: an encrypted socket whose reader has met an alert no longer gives a writer.
    InputStream fromBroker = new PatientInput(ready.getInputStream());
    OutputStream toBroker =
        new NotingOutput(new BufferedOutputStream(ready.getOutputStream(), BUFFER_BYTES));
    synchronized (lock) {
      in = fromBroker;
      out = toBroker;
      check();
    }
  }

  /** May take as long as the resolver likes; only Paho's connecting thread waits for it. */
  private List<InetSocketAddress> addresses() throws IOException {
    return Arrays.stream(InetAddress.getAllByName(broker.getHostString()))
        .map(address -> new InetSocketAddress(address, broker.getPort()))
        .toList();
  }

  private Socket connected(List<InetSocketAddress> addresses, long deadlineMs) throws IOException {
    Race connecting = new Race(addresses, time);
    synchronized (lock) {
      race = connecting;
      check();
    }
    SocketChannel winner = connecting.run(remaining(deadlineMs));
    synchronized (lock) {
      channel = winner;
      check();
    }
    return winner.socket();
  }

  /** Closes the TCP socket and nothing above it, which could wait for the peer; never blocks. */
  @Override
  public void stop() throws IOException {
    synchronized (lock) {
      stopped = true;
      if (race != null) {
        race.abandon();
      }
      if (channel != null) {
        channel.close();
      }
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
    return WireFactory.uri(broker);
  }

  private Duration remaining(long deadlineMs) {
    return Duration.ofMillis(Math.max(1, deadlineMs - time.tickMs()));
  }

  private void check() throws IOException {
    if (stopped) {
      stop();
      throw new ConnectException("connecting was given up");
    }
  }

  /** Keeps a loss to itself until CONNECT was sent: Paho waits for ever for a reader that died. */
  private final class PatientInput extends FilterInputStream {
    PatientInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int unused = read(one, 0, 1); // One byte, or an exception.
      return one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        int count = in.read(bytes, offset, length);
        if (count < 0) {
          throw new EOFException();
        }
        return count;
      } catch (IOException e) {
        reason.complete(e);
        hold();
        throw e;
      }
    }

    private void hold() {
      try {
        boolean unused = written.await(HOLD_MS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Gathers what Paho writes in pieces of 1 KiB, and notes that something was written. If that
   * fails the reader knows better why: the broker's alert of TLS 1.3 arrives there.
   */
  private final class NotingOutput extends FilterOutputStream {
    NotingOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw reason(e);
      } finally {
        written.countDown();
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        throw reason(e);
      }
    }

    private IOException reason(IOException otherwise) {
      try {
        return reason.get(REASON_MS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return otherwise;
      } catch (ExecutionException | TimeoutException e) {
        return otherwise;
      }
    }
  }
}
