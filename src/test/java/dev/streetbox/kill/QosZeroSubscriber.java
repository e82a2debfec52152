package dev.streetbox.kill;

import dev.streetbox.mqtt.Message;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Subscribes at QoS 0 over MQTT 3.1.1 for one run of the broker. Receives every message that the
 * broker acknowledged, even if the broker is killed and loses its store, because Mosquitto forwards
 * a message before it acknowledges the message (src/handle_publish.c), and because this side writes
 * nothing after SUBSCRIBE, so that the stream can be read up to its end after a SIGKILL.
 */
final class QosZeroSubscriber implements AutoCloseable {
  private static final int SUBACK = 0x90;
  private static final int PUBLISH = 0x30;

  private final Socket socket;
  private final Thread reader = new Thread(this::read, "qos-0-subscriber");
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

  /** Subscribes to all topics; returns after SUBACK. */
  QosZeroSubscriber(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    // CONNECT (3.1): level 4, clean session, no keep-alive, client id chosen by the broker.
    packet(out, 0x10, new byte[] {0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, 0});
    // SUBSCRIBE (3.8): packet 1, "#", QoS 0.
    packet(out, 0x82, new byte[] {0, 1, 0, 1, '#', 0});
    DataInputStream in = new DataInputStream(socket.getInputStream());
    while (next(in) != SUBACK) {
      // CONNACK precedes SUBACK.
    }
    reader.setDaemon(true);
    reader.start();
  }

  /** Removes and returns the messages that have arrived. */
  List<Message> arrived() {
    List<Message> all = new ArrayList<>();
    messages.drainTo(all);
    return all;
  }

  /** Waits until everything is read that an ended broker wrote. */
  void awaitEnd() throws IOException {
    try {
      reader.join(30_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (reader.isAlive()) {
      throw new IOException("the broker's socket is still open");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static void packet(DataOutputStream out, int type, byte[] body) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(type);
    packet.write(body.length);
    packet.write(body);
    out.write(packet.toByteArray());
  }

  private void read() {
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (next(in) >= 0) {
        // Each message is queued.
      }
    } catch (IOException e) {
      // The broker has ended; an incomplete packet is no message.
    }
  }

  /** Reads one packet, queues it if it is a PUBLISH, and returns its type. */
  private int next(DataInputStream in) throws IOException {
    int head = in.readUnsignedByte();
    int length = 0;
    int part;
    int shift = 0;
    do {
      part = in.readUnsignedByte();
      length |= (part & 0x7f) << shift;
      shift += 7;
    } while (part >= 0x80);
    byte[] body = new byte[length];
    in.readFully(body);
    if ((head & 0xf0) == PUBLISH) {
      int topic = ((body[0] & 0xff) << 8) | (body[1] & 0xff);
      byte[] payload = Arrays.copyOfRange(body, 2 + topic, length);
      String name = new String(body, 2, topic, StandardCharsets.UTF_8);
      messages.add(new Message(name, payload, "", (head & 1) != 0));
    }
    return head & 0xf0;
  }
}
