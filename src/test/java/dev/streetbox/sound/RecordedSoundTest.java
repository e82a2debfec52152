package dev.streetbox.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests recordings of known levels: a generated tone, and the recordings of
 * nicolas-f/noisesensor@1d59fd1 (BSD-3) in the folder of system property {@code streetbox.audio}.
 */
class RecordedSoundTest {
  private static final double ANY = Double.NaN;

  /**
   * Holds raw samples, little-endian, and the levels of each second, dB re full scale (rms 1.0).
   *
   * @param bytes of a sample, the left one of a frame
   * @param laeq computed from the spectrum by the formulas of IEC 61672-1, not by any filter
   * @param toleranceDb the error at a second's edge because of the filter's state, and the rounding
   *     of the figures
   */
  private record Recording(
      String file,
      int rateHz,
      int bytes,
      int channels,
      List<Double> laeq,
      List<Double> lceq,
      double toleranceDb) {
    @Override
    public String toString() {
      return file;
    }
  }

  private static final Recording OWN =
      new Recording(
          "own tone", 48_000, 4, 2, List.of(ANY, -40.0, -40.0), List.of(ANY, -40.0, -40.0), 0.01);

  private static final List<Recording> OTHERS =
      List.of(
          new Recording(
              "speak_32000Hz_16bitsPCM_10s.raw",
              32_000,
              2,
              1,
              List.of(
                  -31.35, -33.74, -33.03, -33.61, -43.35, -29.94, -35.50, -33.98, -37.06, -37.11),
              List.of(
                  -26.22, -27.94, -29.17, -28.92, -41.0, -24.95, -31.59, -29.15, -31.10, -30.71),
              0.1),
          // An I2S microphone on a calibrator of 94 dB; the right channel is all zero.
          new Recording(
              "ref94dB_48000Hz_32bitsPCM.raw",
              48_000,
              4,
              2,
              List.of(-38.09, -38.10),
              List.of(-38.09, -38.10),
              0.03),
          // The same in a quiet room; its first second has the step at power-up.
          new Recording(
              "ref38dB_48000Hz_32bitsPCM.raw",
              48_000,
              4,
              2,
              List.of(ANY, -95.56),
              List.of(ANY, -90.32),
              0.3),
          new Recording(
              "sinus1khz_32000Hz_24bitsPCM_2s.raw",
              32_000,
              3,
              1,
              List.of(-5.22, -5.14),
              List.of(-5.22, -5.14),
              0.03));

  @TempDir private static Path temporary;

  static Stream<Recording> recordings() {
    String folder = System.getProperty("streetbox.audio", "");
    return Stream.concat(Stream.of(OWN), folder.isEmpty() ? Stream.empty() : OTHERS.stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordings")
  void everySecondHasTheLevelThatItsSpectrumGives(Recording recording) throws IOException {
    List<SoundLevels> seconds = levels(recording);
    assertEquals(recording.laeq().size(), seconds.size());
    for (int i = 0; i < seconds.size(); i++) {
      String where = recording + ", second " + (i + 1);
      check(recording.laeq().get(i), seconds.get(i).laeqDb(), recording.toleranceDb(), where);
      check(recording.lceq().get(i), seconds.get(i).lceqDb(), recording.toleranceDb(), where);
      assertTrue(seconds.get(i).lafMaxDb() > seconds.get(i).laeqDb() - 0.3, where);
      assertTrue(seconds.get(i).lcPeakDb() > seconds.get(i).lceqDb() + 3, where);
    }
  }

  private static void check(double expected, double db, double toleranceDb, String where) {
    if (!Double.isNaN(expected)) {
      assertEquals(expected, db, toleranceDb, where);
    }
  }

  private static List<SoundLevels> levels(Recording recording) throws IOException {
    double[] samples = samples(recording);
    SoundMeter meter = new SoundMeter(recording.rateHz(), recording.rateHz());
    List<SoundLevels> seconds = new ArrayList<>();
    double[] second = new double[recording.rateHz()];
    for (int at = 0; at + second.length <= samples.length; at += second.length) {
      System.arraycopy(samples, at, second, 0, second.length);
      meter.add(second, second.length);
      seconds.add(meter.take());
    }
    return seconds;
  }

  private static double[] samples(Recording recording) throws IOException {
    Path file =
        recording.equals(OWN)
            ? ownTone()
            : Path.of(System.getProperty("streetbox.audio"), recording.file());
    byte[] raw = Files.readAllBytes(file);
    double[] samples = new double[raw.length / recording.bytes() / recording.channels()];
    for (int i = 0; i < samples.length; i++) {
      int end = i * recording.bytes() * recording.channels() + recording.bytes();
      int word = 0;
      for (int n = 1; n <= recording.bytes(); n++) {
        word |= Byte.toUnsignedInt(raw[end - n]) << (32 - 8 * n);
      }
      samples[i] = word * 0x1p-31;
    }
    return samples;
  }

  /** Generates three seconds of 1 kHz at −40 dB on the left, S32_LE. */
  private static Path ownTone() throws IOException {
    double[] tone = Signals.sine(1_000, -40, 48_000, 3);
    ByteBuffer bytes = ByteBuffer.allocate(tone.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (double sample : tone) {
      bytes.putInt((int) (sample * 0x1p31)).putInt(0);
    }
    return Files.write(temporary.resolve("own.raw"), bytes.array());
  }
}
