package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Tests the TCP port against a server socket. */
class TcpPortTest implements SerialPortContract {
  private final int number = freePort();

  private static int freePort() {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return server.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public SerialPort port() {
    return new TcpPort("127.0.0.1", number);
  }

  @Override
  public FarEnd farEnd() throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number), 1);
    return new Server(server);
  }

  /** Accepts at its first use, because the kernel completes a connection by itself. */
  private static final class Server implements FarEnd {
    private final ServerSocket server;
    private Socket socket;

    Server(ServerSocket server) {
      this.server = server;
    }

    private Socket socket() throws IOException {
      if (socket == null) {
        socket = server.accept();
      }
      return socket;
    }

    @Override
    public void send(byte... bytes) throws IOException {
      socket().getOutputStream().write(bytes);
    }

    @Override
    public byte[] receive(int count) throws IOException {
      return socket().getInputStream().readNBytes(count);
    }

    @Override
    public void close() throws IOException {
      socket().close();
      server.close();
    }
  }

  @Test
  void aRefusalNamesThePlaceAndTheLikelyCause() {
    BusException error = assertThrows(BusException.class, () -> port().open());
    String reason = error.getMessage().replace(" (connect failed)", ""); // some JDKs say it twice
    assertEquals(
        "127.0.0.1:" + number + " cannot be reached: Connection refused (is the service running?)",
        reason);
  }

  @Test
  void anUnknownHostIsABusFault() {
    TcpPort nowhere = new TcpPort("nowhere.invalid", 2947);
    BusException error = assertThrows(BusException.class, nowhere::open);
    assertEquals(
        "nowhere.invalid:2947 cannot be reached: unknown host (is the service running?)",
        error.getMessage());
  }
}
