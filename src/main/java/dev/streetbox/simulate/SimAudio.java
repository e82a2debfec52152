package dev.streetbox.simulate;

import dev.streetbox.bus.AudioPort;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongToDoubleFunction;

/**
 * Simulates a sound card with one I2S microphone in the left channel: −26 dBFS at 94 dB SPL, 24
 * bits in the upper part of the word; the right channel is zero. The samples of a tick depend on
 * the tick alone. Used by one thread, as every port.
 */
final class SimAudio implements AudioPort {
  /** Capacity of ALSA's buffer and the pipe from {@code arecord}: 670 ms; then samples are lost. */
  static final int BUFFER_FRAMES = 32_160;

  private static final int FRAMES_PER_MS = TrafficNoise.RATE_HZ / 1_000;

  /** Distance of two values of the level, between which the amplitude is interpolated linearly. */
  private static final int STEP_FRAMES = 10 * FRAMES_PER_MS;

  /** Full scale in dB SPL; an rms of 1.0 is 3.01 dB above a sine of full scale. */
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
   * Makes a closed port.
   *
   * @param levelDba the A-weighted level around the microphone at a tick in ms, dB re 20 µPa
   * @param traffic the waveform of the noise
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

  /** Returns the number of frames that have come and were not read; 0 during a silence fault. */
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

  /** Fills in frames of one step of the level, from {@link #nextFrame} on. */
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

  /** Returns the amplitude, in units of a word, of noise with the level at the start of a step. */
  private double amplitude(long step) {
    double dba = levelDba.applyAsDouble(step * STEP_FRAMES / FRAMES_PER_MS);
    return LARGEST * Math.pow(10, (dba - FULL_SCALE_DB) / 20);
  }
}
