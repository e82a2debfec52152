package dev.streetbox.sound;

import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/**
 * Measures the CPU time of the sound chain for each second of sound, with pink-like noise; {@code
 * src/bench/sound} compiles and runs it.
 */
public final class SoundBench {
  private static final int RATE_HZ = 48_000;
  private static final int FULL_SCALE = 1 << 29;

  private SoundBench() {}

  /**
   * Measures three rounds.
   *
   * @param args the seconds of sound of each round
   */
  public static void main(String[] args) {
    int seconds = Integer.parseInt(args[0]);
    SplittableRandom random = new SplittableRandom(1);
    int[] words = new int[2 * RATE_HZ];
    double[] sound = new double[RATE_HZ];
    double low = 0;
    for (int i = 0; i < RATE_HZ; i++) {
      low += 0.05 * (random.nextGaussian() - low);
      sound[i] = Math.max(-1, Math.min(1, 0.05 * random.nextGaussian() + low));
      words[2 * i] = (int) (FULL_SCALE * sound[i]);
    }
    for (int round = 1; round <= 3; round++) {
      System.out.printf(
          "round %d: whole chain %.2f ms of CPU a second of sound, of it true peak %.2f ms%n",
          round, chainMs(words, seconds), peakMs(sound, seconds));
    }
  }

  private static double chainMs(int[] words, int seconds) {
    CaptureRun run =
        new CaptureRun(RATE_HZ, MicrophoneSettings.uncalibrated(MicrophonePart.INMP441));
    int[] block = new int[2 * run.missingFrames()];
    long startNs = cpuNs();
    for (int second = 0; second < seconds; second++) {
      for (int at = 0; at < words.length; at += block.length) {
        System.arraycopy(words, at, block, 0, block.length);
        if (run.add(block, block.length / 2) == CaptureRun.Progress.SECOND) {
          run.take();
        }
      }
    }
    return (cpuNs() - startNs) / 1e6 / seconds;
  }

  private static double peakMs(double[] sound, int seconds) {
    TruePeak peak = new TruePeak(RATE_HZ / 10);
    double[] block = new double[RATE_HZ / 10];
    double highest = 0;
    long startNs = cpuNs();
    for (int second = 0; second < seconds; second++) {
      for (int at = 0; at < sound.length; at += block.length) {
        System.arraycopy(sound, at, block, 0, block.length);
        peak.add(block, block.length);
        highest = Math.max(highest, peak.take());
      }
    }
    double ms = (cpuNs() - startNs) / 1e6 / seconds;
    if (highest == 0) {
      throw new IllegalStateException("no sound");
    }
    return ms;
  }

  private static long cpuNs() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
