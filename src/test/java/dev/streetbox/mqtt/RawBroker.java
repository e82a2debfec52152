package dev.streetbox.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A broker of a hundred lines, for answers that a real one gives only when its disk is full: it
 * speaks as much MQTT 5 as the box does, and gives the reason codes that a test wants.
 */
public final class RawBroker implements AutoCloseable {
  private static final int CONNECT = 1;
  private static final int PUBLISH = 3;
  private static final int PINGREQ = 12;

  /** What to answer a message. */
  public interface Answers {
    /** The reason code for a message with that topic and body; −1 closes the connection. */
    int code(String topic, String body);
  }

  private final ServerSocket listener;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private volatile Answers answers = (topic, body) -> 0;
  private volatile int welcome;

  /** A broker that takes everything. */
  public RawBroker() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Its address as people write it. */
  public URI uri() {
    return URI.create("mqtt://127.0.0.1:" + listener.getLocalPort());
  }

  /** Answers messages like that from now on. */
  public void answer(Answers next) {
    answers = next;
  }

  /** Answers CONNECT with that reason code from now on. */
  public void welcome(int code) {
    welcome = code;
  }

  /** Sends every client away with that reason code. */
  public void disconnect(int code) throws IOException {
    for (Socket client : open) {
      client.getOutputStream().write(new byte[] {(byte) 0xe0, 2, (byte) code, 0});
      if (!client.isClosed()) {
        client.shutdownOutput();
      }
    }
    open.clear();
  }

  /** The bodies that were answered with a code below 0x80, in order. */
  public List<String> taken() {
    return taken;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : open) {
      client.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      start(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      while (true) {
        int header = in.readUnsignedByte();
        byte[] packet = in.readNBytes(length(in));
        switch (header >> 4) {
          case CONNECT -> {
            open.add(client);
            out.write(new byte[] {0x20, 3, 0, (byte) welcome, 0});
          }
          case PUBLISH -> {
            if (!published(packet, out)) {
              return;
            }
          }
          case PINGREQ -> out.write(new byte[] {(byte) 0xd0, 0});
          default -> {
            return; // DISCONNECT
          }
        }
      }
    } finally {
      open.remove(client);
    }
  }

  private boolean published(byte[] packet, OutputStream out) throws IOException {
    int topicLength = ((packet[0] & 0xff) << 8) | (packet[1] & 0xff);
    String topic = new String(packet, 2, topicLength, StandardCharsets.UTF_8);
    int body = 2 + topicLength + 3 + packet[2 + topicLength + 2]; // Properties below 128 bytes.
    String text = new String(packet, body, packet.length - body, StandardCharsets.UTF_8);
    int code = answers.code(topic, text);
    if (code < 0) {
      return false;
    }
    if (code < 0x80) {
      taken.add(text);
    }
    byte[] id = {packet[2 + topicLength], packet[3 + topicLength]};
    out.write(new byte[] {0x40, 3, id[0], id[1], (byte) code});
    return true;
  }

  private static int length(DataInputStream in) throws IOException {
    int length = 0;
    int shift = 0;
    int next;
    do {
      next = in.readUnsignedByte();
      length |= (next & 0x7f) << shift;
      shift += 7;
    } while (next > 0x7f);
    return length;
  }

  /** Something that the end of a connection ends. */
  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The connection is over, or the test.
              }
            },
            "raw broker");
    thread.setDaemon(true);
    thread.start();
  }
}
