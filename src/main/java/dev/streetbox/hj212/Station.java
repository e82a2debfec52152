package dev.streetbox.hj212;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Speaks for an area as one station: sends each minute's means to a platform over TCP, waits for
 * the acknowledgement, and keeps a day's minutes while the platform does not answer. HJ 212 sends
 * the password in plain text and knows no encryption, so the connection needs a VPN. Used by one
 * thread.
 */
public final class Station implements AutoCloseable {
  private static final int KEPT = 2 * 24 * 60; // a day of minutes, air and sound
  private static final int TRIES = 3;
  private static final int ANSWER_LIMIT = 4096;
  private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  private static final DateTimeFormatter MILLI = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS");

  /**
   * Holds what the platform's operator assigns.
   *
   * @param mn the 24 characters of the station's number
   * @param password six characters
   * @param airSystem the code of ambient air (ST), 22 by HJ 212-2017
   * @param soundSystem the code of ambient sound (ST), 23 by HJ 212-2017
   * @param zone the time zone of the platform, in China Asia/Shanghai
   * @param answerMs how long to wait for an acknowledgement; 10 s by the standard
   */
  public record Settings(
      InetSocketAddress platform,
      String mn,
      String password,
      String airSystem,
      String soundSystem,
      ZoneId zone,
      int answerMs) {
    /** Refuses what would break a frame. */
    public Settings {
      if (!mn.matches("[0-9A-Za-z]{24}")) {
        throw new IllegalArgumentException("the number of a station (MN) has 24 letters or digits");
      }
      if (!password.matches("[0-9A-Za-z]{6}")) {
        throw new IllegalArgumentException("the password of a station has 6 letters or digits");
      }
      if (!airSystem.matches("\\d{2}") || !soundSystem.matches("\\d{2}")) {
        throw new IllegalArgumentException("the code of a system (ST) has 2 digits");
      }
    }
  }

  private record Upload(String qn, String frame) {}

  private final Settings settings;
  private final Deque<Upload> waiting = new ArrayDeque<>();
  private Optional<Socket> connection = Optional.empty();
  private long lastQnMs;
  private long dropped;

  /** Describes a station that has no connection yet. */
  public Station(Settings settings) {
    this.settings = settings;
  }

  /** Returns how many frames were dropped because the platform did not answer for a day. */
  public long dropped() {
    return dropped;
  }

  /** Returns how many frames wait for the platform. */
  public int waiting() {
    return waiting.size();
  }

  /** Takes up the minutes that are closed. */
  public void take(MinuteMeans means, long nowMs) {
    for (MinuteMeans.Closed closed : means.close(nowMs)) {
      upload(settings.airSystem(), closed, closed.minute().air(), nowMs);
      upload(settings.soundSystem(), closed, closed.minute().sound(), nowMs);
    }
  }

  private void upload(String system, MinuteMeans.Closed closed, String factors, long nowMs) {
    if (factors.isEmpty()) {
      return;
    }
    lastQnMs = Math.max(nowMs, lastQnMs + 1); // A QN does not repeat, so that its answer is known.
    String qn = text(MILLI, lastQnMs);
    String data =
        "QN=%s;ST=%s;CN=2051;PW=%s;MN=%s;Flag=5;CP=&&DataTime=%s;%s&&"
            .formatted(
                qn,
                system,
                settings.password(),
                settings.mn(),
                text(SECOND, closed.startMs()),
                factors);
    waiting.addLast(new Upload(qn, Frame.of(data)));
    if (waiting.size() > KEPT) {
      waiting.removeFirst();
      dropped++;
    }
  }

  private String text(DateTimeFormatter format, long ms) {
    return format.format(Instant.ofEpochMilli(ms).atZone(settings.zone()));
  }

  /**
   * Sends what waits, the oldest first.
   *
   * @throws IOException if the platform cannot be reached or does not acknowledge; the frame and
   *     all later ones still wait
   */
  public void send() throws IOException {
    while (!waiting.isEmpty()) {
      try {
        sendAndAwaitAnswer(waiting.getFirst());
        waiting.removeFirst();
      } catch (IOException e) {
        close();
        throw e;
      }
    }
  }

  private void sendAndAwaitAnswer(Upload upload) throws IOException {
    Socket socket = connected();
    StringBuilder answers = new StringBuilder();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      socket.getOutputStream().write(upload.frame().getBytes(StandardCharsets.US_ASCII));
      if (awaitAnswer(socket.getInputStream(), upload.qn(), answers)) {
        return;
      }
    }
    throw new IOException(
        "the platform %s did not acknowledge a minute three times".formatted(settings.platform()));
  }

  private static boolean awaitAnswer(InputStream in, String qn, StringBuilder answers)
      throws IOException {
    byte[] part = new byte[ANSWER_LIMIT];
    try {
      while (!Frame.hasAnswer(answers.toString(), qn)) {
        int read = in.read(part);
        if (read < 0) {
          throw new IOException("the platform closed the connection");
        }
        answers.append(new String(part, 0, read, StandardCharsets.ISO_8859_1));
        answers.delete(0, Math.max(0, answers.length() - ANSWER_LIMIT));
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private Socket connected() throws IOException {
    if (connection.isEmpty()) {
      Socket socket = new Socket();
      try {
        // A new address each time, so that a platform that moved is found.
        InetSocketAddress address = settings.platform();
        socket.connect(
            new InetSocketAddress(address.getHostString(), address.getPort()), settings.answerMs());
        socket.setSoTimeout(settings.answerMs());
      } catch (IOException e) {
        socket.close();
        throw new IOException("no connection to the platform " + settings.platform(), e);
      }
      connection = Optional.of(socket);
    }
    return connection.get();
  }

  @Override
  public void close() throws IOException {
    if (connection.isPresent()) {
      connection.get().close();
      connection = Optional.empty();
    }
  }
}
