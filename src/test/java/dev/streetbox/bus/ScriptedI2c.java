package dev.streetbox.bus;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/**
 * Plays a scripted sequence of I2C transactions: each step is a write, a read, a NACK or a wait
 * that must have passed since the step before. Any other transaction fails the test, and so does
 * closing the port before the script's end.
 *
 * <pre>
 * ScriptedI2c port = new ScriptedI2c(time)
 *     .write("fd").waits(Duration.ofNanos(8_300_000)).read("6666 93 6666 93");
 * </pre>
 */
public final class ScriptedI2c implements I2cPort, AutoCloseable {
  private sealed interface Step {}

  private record Write(String hex, IOException error) implements Step {}

  private record Read(String hex, IOException error) implements Step {}

  private record Wait(Duration exactly) implements Step {}

  private final ScriptedTime time;
  private final Deque<Step> script = new ArrayDeque<>();
  private int done;

  /** Makes an empty script; {@code time} is the clock on which the driver waits. */
  public ScriptedI2c(ScriptedTime time) {
    this.time = time;
  }

  /** Expects a write of these bytes. */
  public ScriptedI2c write(String hex) {
    script.add(new Write(plain(hex), null));
    return this;
  }

  /** Expects a write of these bytes, which is not acknowledged. */
  public ScriptedI2c writeNack(String hex) {
    script.add(new Write(plain(hex), nack()));
    return this;
  }

  /** Expects a read of exactly as many bytes as these, which are returned. */
  public ScriptedI2c read(String hex) {
    script.add(new Read(plain(hex), null));
    return this;
  }

  /** Expects a read, which is not acknowledged. */
  public ScriptedI2c readNack() {
    script.add(new Read("", nack()));
    return this;
  }

  /** Expects a read, which fails with that error. */
  public ScriptedI2c readFails(IOException error) {
    script.add(new Read("", error));
    return this;
  }

  /** Expects that the driver has waited exactly this long since the step before. */
  public ScriptedI2c waits(Duration exactly) {
    script.add(new Wait(exactly));
    return this;
  }

  @Override
  public void write(int... bytes) throws IOException {
    StringBuilder hex = new StringBuilder();
    for (int value : bytes) {
      hex.append(HexFormat.of().toHexDigits((byte) value));
    }
    Step step = next("write " + hex);
    if (!(step instanceof Write expected) || !expected.hex().contentEquals(hex)) {
      throw unexpected("write " + hex, step);
    }
    if (expected.error() != null) {
      throw expected.error();
    }
  }

  @Override
  public byte[] read(int count) throws IOException {
    Step step = next("read of " + count);
    if (!(step instanceof Read expected)) {
      throw unexpected("read of " + count, step);
    }
    if (expected.error() != null) {
      throw expected.error();
    }
    byte[] answer = HexFormat.of().parseHex(expected.hex());
    if (answer.length != count) {
      throw unexpected("read of " + count, step);
    }
    return answer;
  }

  /**
   * Checks that the whole script was played.
   *
   * @throws AssertionError if steps are left, or the last wait was not made
   */
  @Override
  public void close() {
    checkWait(script.peek() instanceof Wait ? script.poll() : null);
    if (!script.isEmpty()) {
      throw new AssertionError("steps not made, from step " + (done + 1) + ": " + script);
    }
  }

  private Step next(String what) {
    checkWait(script.peek() instanceof Wait ? script.poll() : null);
    done++;
    Step step = script.poll();
    if (step == null) {
      throw new AssertionError("step " + done + " after the script's end: " + what);
    }
    return step;
  }

  private void checkWait(Step step) {
    List<Duration> waits = new ArrayList<>(time.slept());
    Duration waited = waits.stream().reduce(Duration.ZERO, Duration::plus);
    Duration expected = step instanceof Wait wait ? wait.exactly() : Duration.ZERO;
    if (!waited.equals(expected)) {
      throw new AssertionError(
          "before step " + (done + 1) + ": expected a wait of " + expected + " but was " + waited);
    }
  }

  private AssertionError unexpected(String what, Step step) {
    return new AssertionError("step " + done + ": expected " + step + " but was " + what);
  }

  private static BusException nack() {
    return new BusException("nobody acknowledged", BusException.EREMOTEIO);
  }

  private static String plain(String hex) {
    return hex.replace(" ", "");
  }
}
