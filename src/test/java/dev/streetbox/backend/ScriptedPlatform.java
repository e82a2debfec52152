package dev.streetbox.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Acknowledges the frames of a station by HJ 212, over a real socket. */
final class ScriptedPlatform implements AutoCloseable {
  private final ServerSocket listener;
  private final List<String> frames = new CopyOnWriteArrayList<>();
  private volatile int unanswered;
  private final AtomicInteger ended = new AtomicInteger();

  /** Starts a platform that acknowledges every frame. */
  ScriptedPlatform() throws IOException {
    listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve);
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns where the platform listens. */
  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
  }

  /** Returns the frames that have arrived, in order. */
  List<String> frames() {
    return frames;
  }

  /** Closes the connection instead of an answer to so many frames. */
  void leaveUnanswered(int count) {
    unanswered = count;
  }

  /** Returns how many connections the station has closed. */
  int ended() {
    return ended.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          frames.add(line);
          if (frames.size() <= unanswered) {
            throw new IOException("the platform closes the connection");
          }
          socket.getOutputStream().write(acknowledgement(line).getBytes(US_ASCII));
        }
        ended.incrementAndGet();
      } catch (IOException e) {
        // The platform or the test has closed the connection.
      }
    }
  }

  /** Returns the answer that HJ 212 asks of a platform. */
  private static String acknowledgement(String frame) {
    String qn = frame.replaceFirst(".*QN=(\\d+);.*", "$1");
    String data = "QN=" + qn + ";ST=91;CN=9014;PW=123456;MN=x;Flag=4;CP=&&&&";
    return "##%04d%s%04X\r\n".formatted(data.length(), data, crc(data));
  }

  /** Returns the checksum of HJ 212 (CRC-16 with the polynomial A001). */
  private static int crc(String data) {
    int crc = 0xffff;
    for (byte one : data.getBytes(US_ASCII)) {
      crc = (crc >> 8) ^ (one & 0xff);
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
      }
    }
    return crc;
  }
}
