package dev.streetbox.bus;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntUnaryOperator;

/**
 * Plays a scripted capture: sound of given samples, silence of the pipe, lost samples, errors.
 * Sound advances the clock by its length, silence by the waited time.
 */
public final class ScriptedAudio implements AudioPort {
  private sealed interface Step {}

  private record Sound(IntUnaryOperator left, IntUnaryOperator right, int frames) implements Step {}

  private record Silence() implements Step {}

  private record Overrun() implements Step {}

  private record Failure(IOException error) implements Step {}

  private final ScriptedTime time;
  private final int rateHz;
  private final Deque<Step> script = new ArrayDeque<>();
  private int largest = Integer.MAX_VALUE;
  private int heard;
  private int opened;
  private boolean open;
  private long overruns;

  /** Makes an empty script; sound and silence advance this clock. */
  public ScriptedAudio(ScriptedTime time, int rateHz) {
    this.time = time;
    this.rateHz = rateHz;
  }

  /**
   * Adds sound.
   *
   * @param left the left word of each frame, by the number of frames since the script's begin
   * @param right the right one
   */
  public ScriptedAudio sound(double seconds, IntUnaryOperator left, IntUnaryOperator right) {
    script.add(new Sound(left, right, (int) Math.round(seconds * rateHz)));
    return this;
  }

  /** Adds sound on the left; the right sample is always 0, as with one I2S microphone. */
  public ScriptedAudio sound(double seconds, IntUnaryOperator left) {
    return sound(seconds, left, n -> 0);
  }

  /** Adds samples of 0 on both channels for so long. */
  public ScriptedAudio zeros(double seconds) {
    return sound(seconds, n -> 0);
  }

  /** Adds one read that gets nothing within its wait. */
  public ScriptedAudio silence() {
    script.add(new Silence());
    return this;
  }

  /** Adds lost samples, which the next read reports. */
  public ScriptedAudio overrun() {
    script.add(new Overrun());
    return this;
  }

  /** Adds an error of the next read or of the opening before it. */
  public ScriptedAudio fails(IOException error) {
    script.add(new Failure(error));
    return this;
  }

  /** Limits the frames of every read from now on. */
  public ScriptedAudio inPieces(int frames) {
    largest = frames;
    return this;
  }

  /** Returns how often the port was opened. */
  public int opened() {
    return opened;
  }

  /** Returns whether the port is open. */
  public boolean isOpen() {
    return open;
  }

  @Override
  public void open() throws IOException {
    if (script.peek() instanceof Failure failure) {
      script.remove();
      throw failure.error();
    }
    if (!open) {
      opened++;
      overruns = 0;
    }
    open = true;
  }

  @Override
  public int rateHz() {
    return rateHz;
  }

  @Override
  public int read(int[] words, int frames, Duration wait) throws IOException {
    if (!open) {
      throw new BusException("the port is not open", BusException.UNKNOWN);
    }
    if (script.peek() instanceof Overrun) {
      script.remove();
      overruns++;
    }
    Step step = script.poll();
    if (step instanceof Failure failure) {
      throw failure.error();
    }
    if (step instanceof Silence) {
      time.pass(wait);
      return 0;
    }
    if (step instanceof Sound sound) {
      return give(sound, words, Math.min(frames, largest));
    }
    throw new AssertionError("expected " + step + " but was a read");
  }

  @Override
  public long overruns() {
    return overruns;
  }

  @Override
  public void close() {
    open = false;
  }

  private int give(Sound sound, int[] words, int wanted) {
    int count = Math.min(wanted, sound.frames());
    for (int i = 0; i < count; i++) {
      words[2 * i] = sound.left().applyAsInt(heard + i);
      words[2 * i + 1] = sound.right().applyAsInt(heard + i);
    }
    heard += count;
    time.pass(Duration.ofNanos(count * 1_000_000_000L / rateHz));
    if (count < sound.frames()) {
      script.push(new Sound(sound.left(), sound.right(), sound.frames() - count));
    }
    return count;
  }
}
