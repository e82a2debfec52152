package dev.streetbox.bus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * Plays a scripted sequence on a stream port: opening, writes, received bytes, silence and
 * hang-ups. Silence advances the clock by the waited time.
 */
public final class ScriptedSerial implements SerialPort {
  private sealed interface Step {}

  private record Open(IOException error) implements Step {}

  private record Write(String hex) implements Step {}

  private record Receive(String hex) implements Step {}

  private record Silence() implements Step {}

  private record HangUp() implements Step {}

  private final ScriptedTime time;
  private final Deque<Step> script = new ArrayDeque<>();
  private boolean open;

  /** Makes an empty script; silence advances this clock. */
  public ScriptedSerial(ScriptedTime time) {
    this.time = time;
  }

  /** Expects an opening of the port. */
  public ScriptedSerial opens() {
    script.add(new Open(null));
    return this;
  }

  /** Expects an opening of the port, which fails. */
  public ScriptedSerial openFails(IOException error) {
    script.add(new Open(error));
    return this;
  }

  /** Expects a write of these bytes. */
  public ScriptedSerial write(String hex) {
    script.add(new Write(hex.replace(" ", "")));
    return this;
  }

  /** Expects a write of this text. */
  public ScriptedSerial writeText(String text) {
    script.add(new Write(hex(text)));
    return this;
  }

  /** Adds one read that returns these bytes. */
  public ScriptedSerial receive(String hex) {
    script.add(new Receive(hex.replace(" ", "")));
    return this;
  }

  /** Adds one read that returns this text. */
  public ScriptedSerial receiveText(String text) {
    script.add(new Receive(hex(text)));
    return this;
  }

  /** Adds one read that gets nothing within its wait. */
  public ScriptedSerial silence() {
    script.add(new Silence());
    return this;
  }

  /** Adds a hang-up of the other end, which the next read reports. */
  public ScriptedSerial hangUp() {
    script.add(new HangUp());
    return this;
  }

  @Override
  public void open() throws IOException {
    if (open) {
      return;
    }
    Step step = script.poll();
    if (!(step instanceof Open expected)) {
      throw new AssertionError("expected " + step + " but was an open");
    }
    if (expected.error() != null) {
      throw expected.error();
    }
    open = true;
  }

  @Override
  public int read(byte[] buffer, Duration wait) throws IOException {
    requireOpen();
    Step step = script.poll();
    if (step instanceof Receive receive) {
      byte[] bytes = HexFormat.of().parseHex(receive.hex());
      int count = Math.min(buffer.length, bytes.length);
      System.arraycopy(bytes, 0, buffer, 0, count);
      if (count < bytes.length) {
        script.push(new Receive(receive.hex().substring(2 * count)));
      }
      return count;
    }
    if (step instanceof Silence) {
      time.pass(wait);
      return 0;
    }
    if (step instanceof HangUp) {
      throw new BusException("hung up", 5);
    }
    throw new AssertionError("expected " + step + " but was a read");
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    requireOpen();
    Step step = script.poll();
    String hex = HexFormat.of().formatHex(bytes);
    if (!(step instanceof Write expected) || !expected.hex().equals(hex)) {
      throw new AssertionError("expected " + step + " but was write " + hex);
    }
  }

  @Override
  public void close() {
    open = false;
  }

  /**
   * Checks that the whole script was played.
   *
   * @throws AssertionError if steps are left
   */
  public void finish() {
    if (!script.isEmpty()) {
      throw new AssertionError("never happened: " + script);
    }
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private void requireOpen() throws IOException {
    if (!open) {
      throw new BusException("the port is not open", BusException.UNKNOWN);
    }
  }
}
