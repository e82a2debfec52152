package dev.streetbox.bus;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/** Connects to a local TCP service such as gpsd. Used by one thread. */
public final class TcpPort implements SerialPort {
  private static final int CONNECT_MS = 2000;

  private final String host;
  private final int port;
  private Socket socket; // null while closed

  /**
   * Makes a closed port; connects at {@link #open}.
   *
   * @param host a name or an address
   * @param port 1 to 65535
   */
  public TcpPort(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Waits at most 2 s for the connection.
   */
  @Override
  public void open() throws IOException {
    if (socket != null) {
      return;
    }
    Socket opening = new Socket();
    try {
      opening.connect(new InetSocketAddress(host, port), CONNECT_MS);
      opening.setTcpNoDelay(true);
      socket = opening;
    } catch (IOException e) {
      opening.close();
      String why = e instanceof UnknownHostException ? "unknown host" : e.getMessage();
      throw new BusException(
          this + " cannot be reached: " + why + " (is the service running?)",
          BusException.UNKNOWN,
          e);
    }
  }

  @Override
  public int read(byte[] buffer, Duration wait) throws IOException {
    Socket open = requireOpen();
    try {
      // A timeout of 0 would mean no timeout.
      open.setSoTimeout((int) Math.max(1, wait.toMillis()));
      int count = open.getInputStream().read(buffer);
      if (count >= 0) {
        return count;
      }
    } catch (SocketTimeoutException e) {
      return 0;
    } catch (IOException e) {
      throw hangUpError(e);
    }
    throw hangUpError(new IOException("end of stream"));
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    Socket open = requireOpen();
    try {
      open.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw hangUpError(e);
    }
  }

  @Override
  public void close() {
    if (socket == null) {
      return;
    }
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is buffered on this side; the descriptor is released in any case.
    }
    socket = null;
  }

  /** Returns the place, as {@code 127.0.0.1:2947}. */
  @Override
  public String toString() {
    return host + ":" + port;
  }

  private Socket requireOpen() throws BusException {
    if (socket == null) {
      throw new BusException(this + " is not open", BusException.UNKNOWN);
    }
    return socket;
  }

  private BusException hangUpError(IOException cause) {
    close();
    return new BusException(
        this + " hung up: " + cause.getMessage() + " (did the service restart?)",
        BusException.UNKNOWN,
        cause);
  }
}
