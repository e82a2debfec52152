package dev.streetbox.simulate;

import dev.streetbox.bus.AudioPort;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongToDoubleFunction;

/**
 * A sound card with one I2S microphone on the left: −26 dBFS at 94 dB SPL, 24 bits in the upper
 * part of the word; the right channel is silent. What it hears at a tick depends on the tick alone.
 * Used by one thread, as every port.
 */
final class SimAudio implements AudioPort {
  /** What ALSA and the pipe from {@code arecord} hold: 670 ms; then samples are lost. */
  static final int BUFFER_FRAMES = 32_160;

  private static final int FRAMES_PER_MS = TrafficNoise.RATE_HZ / 1_000;

  /** The level is taken this often, and goes straight from one value to the next. */
  private static final int STEP_FRAMES = 10 * FRAMES_PER_MS;

  /** Full scale in dB SPL: the rms of 1.0 is 3.01 dB above a sine of full scale. */
  private static final double FULL_SCALE_DB = 94 + 26 + 10 * Math.log10(2);

  private static final int LARGEST = (1 << 23) - 1;
  private static final int UNUSED_BITS = 8;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STALL = Duration.ofSeconds(3);

  private final Time time;
  private final SimulatedPart simulatedPart;
  private final LongToDoubleFunction levelDba;
  private final TrafficNoise traffic;
  private boolean open;
  private long nextFrame;
  private long lastReadMs;
  private long overruns;

  /**
   * A closed port.
   *
   * @param levelDba the A-weighted level around the microphone, dB re 20 µPa, at each tick
   * @param traffic what it sounds like
   */
  SimAudio(
      Time time, SimulatedPart simulatedPart, LongToDoubleFunction levelDba, TrafficNoise traffic) {
    this.time = time;
    this.simulatedPart = simulatedPart;
    this.levelDba = levelDba;
    this.traffic = traffic;
  }

  @Override
  public void open() throws IOException {
    if (open) {
      return;
    }
    if (!simulatedPart.plugged()) {
      throw fault("there is no such card");
    }
    open = true;
    overruns = 0;
    nextFrame = time.tickMs() * FRAMES_PER_MS;
    lastReadMs = time.tickMs();
  }

  @Override
  public int rateHz() {
    return TrafficNoise.RATE_HZ;
  }

  @Override
  public int read(int[] words, int frames, Duration wait) throws IOException {
    long untilMs = time.tickMs() + wait.toMillis();
    while (true) {
      requireSound();
      long nowMs = time.tickMs();
      int count = (int) Math.min(frames, availableFrames(nowMs));
      if (count > 0) {
        lastReadMs = nowMs;
        capture(words, count);
        return count;
      }
      if (nowMs >= untilMs) {
        return 0;
      }
      time.sleep(Duration.ofMillis(Math.min(POLL.toMillis(), untilMs - nowMs)));
    }
  }

  @Override
  public long overruns() {
    return overruns;
  }

  @Override
  public void close() {
    open = false;
  }

  private void requireSound() throws IOException {
    if (!open) {
      throw fault("the port is not open");
    }
    if (!simulatedPart.plugged() || simulatedPart.has(InjectedFault.HANG_UP)) {
      throw fault("arecord ended (1)");
    }
    if (time.tickMs() - lastReadMs >= STALL.toMillis()) {
      throw fault("no sound for " + STALL.toSeconds() + " s");
    }
  }

  private static BusException fault(String what) {
    return new BusException("simulated microphone: " + what, BusException.UNKNOWN);
  }

  /** How many frames have come and were not read; none from a card that says nothing. */
  private long availableFrames(long nowMs) {
    long end = nowMs * FRAMES_PER_MS;
    if (simulatedPart.has(InjectedFault.SILENCE)) {
      nextFrame = end;
    }
    if (end - nextFrame > BUFFER_FRAMES) {
      nextFrame = end - BUFFER_FRAMES;
      overruns++;
    }
    return end - nextFrame;
  }

  private void capture(int[] words, int count) {
    for (int done = 0; done < count; ) {
      int within = (int) (nextFrame % STEP_FRAMES);
      int length = Math.min(count - done, STEP_FRAMES - within);
      fill(words, done, length);
      done += length;
      nextFrame += length;
    }
    if (simulatedPart.has(InjectedFault.ALL_ZEROS) || simulatedPart.has(InjectedFault.STUCK)) {
      Arrays.fill(words, 0, 2 * count, 0);
    }
    if (simulatedPart.has(InjectedFault.ALL_ONES)) {
      Arrays.fill(words, 0, 2 * count, -1);
    }
  }

  /** Frames of one step of the level, from {@link #nextFrame} on. */
  private void fill(int[] words, int at, int length) {
    long step = nextFrame / STEP_FRAMES;
    double from = amplitude(step);
    double slope = (amplitude(step + 1) - from) / STEP_FRAMES;
    for (int i = 0; i < length; i++) {
      double size = from + slope * ((nextFrame + i) % STEP_FRAMES);
      long word = Math.round(size * traffic.sound(nextFrame + i));
      words[2 * (at + i)] = (int) Math.max(-LARGEST, Math.min(LARGEST, word)) << UNUSED_BITS;
      words[2 * (at + i) + 1] = 0;
    }
  }

  /** What a sound of A-weighted rms 1 is multiplied with. */
  private double amplitude(long step) {
    double dba = levelDba.applyAsDouble(step * STEP_FRAMES / FRAMES_PER_MS);
    return LARGEST * Math.pow(10, (dba - FULL_SCALE_DB) / 20);
  }
}
