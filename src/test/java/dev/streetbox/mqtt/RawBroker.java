package dev.streetbox.mqtt;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Implements the part of an MQTT 5 broker that the box uses, so that a test can choose reason codes
 * that a real broker sends only in rare states, such as a full disk.
 */
public final class RawBroker implements AutoCloseable {
  private static final int CONNECT = 1;
  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;
  private static final int SUBSCRIBE = 8;
  private static final int PINGREQ = 12;

  /** Chooses the answer to a message. */
  public interface Answers {
    /** Returns the reason code for a message with that topic and body; −1 closes the connection. */
    int code(String topic, String body);
  }

  private final ServerSocket listener;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> accepted = new CopyOnWriteArrayList<>();
  private final List<Long> connectedMs = new CopyOnWriteArrayList<>();
  private final Time time = new SystemTime();
  private volatile Answers answers = (topic, body) -> 0;
  private volatile String reasonString = "";
  private final List<byte[]> connects = new CopyOnWriteArrayList<>();
  private final List<Integer> headers = new CopyOnWriteArrayList<>();
  private final List<Integer> acknowledged = new CopyOnWriteArrayList<>();
  private final AtomicInteger pings = new AtomicInteger();
  private volatile String anything = "";
  private volatile byte[] connack = {0x20, 3, 0, 0, 0};

  /** Starts a broker that accepts every message. */
  public RawBroker() throws IOException {
    this(InetAddress.getLoopbackAddress(), 0);
  }

  /** Starts it at an address of this machine and a port, or any port if that is 0. */
  public RawBroker(InetAddress address, int port) throws IOException {
    listener = new ServerSocket(port, 50, address);
    ConnectionThread.start("raw broker", this::accept);
  }

  /** Returns the broker's address. */
  public URI uri() {
    return URI.create(
        "mqtt://" + listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort());
  }

  /** Sets the answers to messages. */
  public void answer(Answers next) {
    answers = next;
  }

  /** Sets the reason code of CONNACK. */
  public void connack(int code) {
    connack = new byte[] {0x20, 3, 0, (byte) code, 0};
  }

  /** Sets the answer to CONNECT, in hex; empty closes the connection. */
  public void answerConnect(String hex) {
    connack = HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** Answers the first byte of any client with a text and closes. */
  public void answerAnything(String text) {
    anything = text;
  }

  /** Sends bytes, in hex, to every client. */
  public void send(String hex) throws IOException {
    for (Socket client : open) {
      client.getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
  }

  /** Returns the CONNECT packets after the Remaining Length, in order. */
  public List<byte[]> connects() {
    return connects;
  }

  /** Returns the packet identifiers of the PUBACKs of clients, in order. */
  public List<Integer> acknowledged() {
    return acknowledged;
  }

  /** Returns the first bytes of the PUBLISH packets, in order. */
  public List<Integer> publishHeaders() {
    return headers;
  }

  /** Returns the number of PINGREQ. */
  public int pings() {
    return pings.get();
  }

  /** Sets the Reason String of CONNACK, PUBACK and DISCONNECT, of at most 100 ASCII characters. */
  public void reasonString(String text) {
    reasonString = text;
  }

  /** Sends DISCONNECT with a reason code to every client. */
  public void disconnect(int code) throws IOException {
    for (Socket client : open) {
      client.getOutputStream().write(packet(0xe0, code));
      if (!client.isClosed()) {
        client.shutdownOutput();
      }
    }
    open.clear();
  }

  /** Returns the bodies that were answered with a code below 0x80, in order. */
  public List<String> accepted() {
    return accepted;
  }

  /** Returns when each TCP connection was accepted, in ms since the broker was started. */
  public List<Long> connectedMs() {
    return connectedMs;
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
      connectedMs.add(time.tickMs());
      ConnectionThread.start("raw broker", () -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      while (true) {
        int header = in.readUnsignedByte();
        if (!anything.isEmpty()) {
          out.write(anything.getBytes(StandardCharsets.UTF_8));
          in.readAllBytes(); // A close with unread bytes would be a reset.
          return;
        }
        byte[] packet = in.readNBytes(length(in));
        switch (header >> 4) {
          case CONNECT -> {
            open.add(client);
            connects.add(packet);
            out.write(connack);
            if (connack.length == 0) {
              return;
            }
          }
          case PUBLISH -> {
            headers.add(header);
            if (!published(packet, out)) {
              return;
            }
          }
          case SUBSCRIBE -> out.write(new byte[] {(byte) 0x90, 4, packet[0], packet[1], 0, 0});
          case PINGREQ -> {
            pings.incrementAndGet();
            out.write(new byte[] {(byte) 0xd0, 0});
          }
          case PUBACK -> acknowledged.add(((packet[0] & 0xff) << 8) | (packet[1] & 0xff));
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
      accepted.add(text);
    }
    out.write(packet(0x40, packet[2 + topicLength], packet[3 + topicLength], code));
    return true;
  }

  /** Returns a packet that ends with the Reason String, if one is set. */
  private byte[] packet(int type, int... header) {
    byte[] text = reasonString.getBytes(StandardCharsets.UTF_8);
    int properties = text.length == 0 ? 0 : 3 + text.length;
    ByteBuffer packet = ByteBuffer.allocate(3 + header.length + properties);
    packet.put((byte) type).put((byte) (header.length + 1 + properties));
    for (int octet : header) {
      packet.put((byte) octet);
    }
    packet.put((byte) properties);
    if (text.length > 0) {
      packet.put((byte) 0x1f).putShort((short) text.length).put(text);
    }
    return packet.array();
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
}
