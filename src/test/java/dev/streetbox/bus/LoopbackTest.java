package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoopbackTest {
  private static final byte[] QUESTION = {1, 2, 3};

  @Test
  void theAnswerOfTheDaemonIsReturned() throws Exception {
    try (DatagramSocket daemon = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> echo(daemon));
      thread.start();
      assertArrayEquals(
          new byte[] {1, 2, 3, 0},
          Loopback.ask(daemon.getLocalPort(), QUESTION, Duration.ofSeconds(30)));
      thread.join();
    }
  }

  @Test
  void aMissingAnswerIsAnIoException() throws IOException {
    int port;
    try (DatagramSocket daemon = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = daemon.getLocalPort();
      assertThrows(IOException.class, () -> Loopback.ask(port, QUESTION, Duration.ofMillis(20)));
    }
    assertThrows(IOException.class, () -> Loopback.ask(port, QUESTION, Duration.ofSeconds(30)));
  }

  private static void echo(DatagramSocket daemon) {
    try {
      DatagramPacket packet = new DatagramPacket(new byte[100], 100);
      daemon.receive(packet);
      packet.setLength(packet.getLength() + 1);
      daemon.send(packet);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
