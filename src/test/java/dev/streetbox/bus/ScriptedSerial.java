package dev.streetbox.bus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * A conversation on a stream port, written down before it happens: what the driver opens, writes
 * and receives, and where the line is silent or hangs up. Silence lets the waited time pass.
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

  /** An empty script; silence moves this clock. */
  public ScriptedSerial(ScriptedTime time) {
    this.time = time;
  }

  /** The driver opens the port. */
  public ScriptedSerial opens() {
    script.add(new Open(null));
    return this;
  }

  /** The driver opens the port and fails. */
  public ScriptedSerial openFails(IOException error) {
    script.add(new Open(error));
    return this;
  }

  /** The driver writes these bytes. */
  public ScriptedSerial write(String hex) {
    script.add(new Write(hex.replace(" ", "")));
    return this;
  }

  /** The driver writes this text. */
  public ScriptedSerial writeText(String text) {
    script.add(new Write(hex(text)));
    return this;
  }

  /** One read returns these bytes. */
  public ScriptedSerial receive(String hex) {
    script.add(new Receive(hex.replace(" ", "")));
    return this;
  }

  /** One read returns this text. */
  public ScriptedSerial receiveText(String text) {
    script.add(new Receive(hex(text)));
    return this;
  }

  /** One read waits in vain. */
  public ScriptedSerial silence() {
    script.add(new Silence());
    return this;
  }

  /** The next read finds that the other end hung up. */
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
