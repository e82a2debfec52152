package dev.streetbox.bus;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;

/** Sends requests to daemons of this machine, by UDP on the loopback interface. */
public final class Loopback {
  private static final int LONGEST_ANSWER = 1_024;

  private Loopback() {}

  /**
   * Sends a request and waits for the answer.
   *
   * @param port the daemon's UDP port
   * @param limit the longest wait for the answer
   * @throws IOException if nothing listens on the port, or no answer comes in time
   */
  public static byte[] ask(int port, byte[] question, Duration limit) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.connect(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout((int) limit.toMillis());
      socket.send(new DatagramPacket(question, question.length));
      DatagramPacket answer = new DatagramPacket(new byte[LONGEST_ANSWER], LONGEST_ANSWER);
      socket.receive(answer);
      return Arrays.copyOf(answer.getData(), answer.getLength());
    }
  }
}
