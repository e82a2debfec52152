package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import java.io.BufferedOutputStream;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;

/**
 * The socket of one connection, in Paho's place: Paho 1.2.5's own leaves TLS sockets open, can
 * deadlock while closing them, and leaks a thread if the peer closes at once. Closing this one,
 * from any thread, ends every thread that Paho has for the connection.
 */
final class Wire implements NetworkModule {
  /** How long a loss is kept from Paho while it has not sent its CONNECT. */
  private static final long HOLD_MS = 5000;

  private final InetSocketAddress broker;
  private final SocketLayer layer;
  private final Duration limit;
  private final Time time;
  private final CountDownLatch written = new CountDownLatch(1);
  private final Object lock = new Object();
  private boolean stopped;
  private Race race;
  private SocketChannel channel;
  private Socket socket;

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
    // May take as long as the resolver likes; only Paho's connecting thread waits for it.
    List<InetSocketAddress> addresses =
        Arrays.stream(InetAddress.getAllByName(broker.getHostString()))
            .map(address -> new InetSocketAddress(address, broker.getPort()))
            .toList();
    Race connecting = new Race(addresses, time);
    synchronized (lock) {
      race = connecting;
      check();
    }
    SocketChannel connected = connecting.run(remaining(deadlineMs));
    synchronized (lock) {
      channel = connected;
      check();
    }
    Socket raw = connected.socket();
    raw.setTcpNoDelay(true);
    raw.setKeepAlive(true);
    raw.setSoTimeout((int) remaining(deadlineMs).toMillis());
    Socket ready = layer.over(raw, broker.getHostString());
    // No timeout from here on: Paho loses the first byte of a packet whose header is interrupted by
    // one. The read ends when this socket is closed.
    raw.setSoTimeout(0);
    synchronized (lock) {
      socket = ready;
      check();
    }
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
  public InputStream getInputStream() throws IOException {
    return new PatientInput(socket.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new NotingOutput(new BufferedOutputStream(socket.getOutputStream(), 16 * 1024));
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
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = -1;
      try {
        count = in.read(bytes, offset, length);
      } finally {
        if (count < 0) {
          hold();
        }
      }
      return count;
    }

    private void hold() {
      try {
        boolean unused = written.await(HOLD_MS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Gathers what Paho writes in pieces of 1 KiB, and notes that something was written. */
  private final class NotingOutput extends FilterOutputStream {
    NotingOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } finally {
        written.countDown();
      }
    }
  }
}
