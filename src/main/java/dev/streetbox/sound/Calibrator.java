package dev.streetbox.sound;

import dev.streetbox.measure.Mean;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Recognises an acoustic calibrator on a microphone (IEC 60942: a tone of 1 kHz at 94 or 114 dB)
 * from the levels of each second, and says how sensitive the microphone is. A pure tone of 1 kHz
 * has 1000 periods a second, a peak 3.01 dB above its level, and stands still; speech, sirens,
 * tones of 250 Hz, and a tone with anything else beside it differ in one of these. Used by one
 * thread.
 */
public final class Calibrator {
  /**
   * A calibrator's tone as a microphone heard it.
   *
   * @param referenceDb the calibrator's level, dB re 20 µPa
   * @param sensitivityDbfs what the microphone gives at 94 dB, where 0 dBFS is a sine of full scale
   */
  public record Tone(double referenceDb, double sensitivityDbfs) {}

  /** How many seconds of tone it wants. */
  public static final int SECONDS = 5;

  private static final double LOW_DB = 94;
  private static final double HIGH_DB = 114;
  private static final double REFERENCE_TOLERANCE_DB = 1;
  private static final double FREQUENCY_HZ = 1000;
  private static final double FREQUENCY_TOLERANCE_HZ = 20; // IEC 60942, class 2
  private static final double CREST_TOLERANCE_DB = 0.3;
  private static final double STEADY_DB = 0.2; // IEC 60942, class 2: short-term fluctuation

  private final MicrophonePart part;
  private final Deque<SoundLevels> seconds = new ArrayDeque<>();

  /**
   * @param part the microphone's type: no unit is more than 6 dB from it
   */
  public Calibrator(MicrophonePart part) {
    this.part = part;
  }

  /**
   * The next second.
   *
   * @param dbfs its levels in dB relative to full scale (rms 1.0), before calibration
   */
  public void add(SoundLevels dbfs) {
    if (seconds.size() == SECONDS) {
      seconds.remove();
    }
    seconds.add(dbfs);
  }

  /** The seconds so far do not count. */
  public void clear() {
    seconds.clear();
  }

  /** Whether calibrators of such a level exist: 94 or 114 dB, within 1 dB by the certificate. */
  public static boolean isReference(double db) {
    return near(db, LOW_DB, REFERENCE_TOLERANCE_DB) || near(db, HIGH_DB, REFERENCE_TOLERANCE_DB);
  }

  /**
   * Why the last five seconds are not the tone of a calibrator, for a person; empty if they are.
   *
   * @param referenceDb the calibrator's level by its certificate
   */
  public Optional<String> rejectionReason(double referenceDb) {
    if (!isReference(referenceDb)) {
      return Optional.of("a calibrator gives 94 or 114 dB, not %.1f dB".formatted(referenceDb));
    }
    if (seconds.size() < SECONDS) {
      return Optional.of("only %d of %d seconds heard".formatted(seconds.size(), SECONDS));
    }
    return toneReason().or(this::steadinessReason).or(() -> levelReason(referenceDb));
  }

  /**
   * The microphone's sensitivity by the last five seconds.
   *
   * @param referenceDb the calibrator's level by its certificate
   * @throws IllegalStateException if there is an objection
   */
  public Tone measure(double referenceDb) {
    rejectionReason(referenceDb)
        .ifPresent(
            why -> {
              throw new IllegalStateException(why);
            });
    return new Tone(referenceDb, sensitivityDbfs(referenceDb));
  }

  /** The tone of a calibrator of 94 or 114 dB, if the last five seconds were one. */
  public Optional<Tone> detectedTone() {
    // 20 dB apart, and no unit is more than 6 dB off: it cannot be both.
    if (rejectionReason(LOW_DB).isEmpty()) {
      return Optional.of(measure(LOW_DB));
    }
    return rejectionReason(HIGH_DB).isEmpty() ? Optional.of(measure(HIGH_DB)) : Optional.empty();
  }

  private Optional<String> toneReason() {
    for (SoundLevels second : seconds) {
      double crestDb = second.lcPeakDb() - second.lceqDb();
      if (!near(second.frequencyHz(), FREQUENCY_HZ, FREQUENCY_TOLERANCE_HZ)) {
        return Optional.of("it is not 1000 Hz but about %.0f Hz".formatted(second.frequencyHz()));
      }
      if (!near(crestDb, MicrophoneSettings.SINE_CREST_DB, CREST_TOLERANCE_DB)) {
        return Optional.of(
            "it is not a pure tone, or not alone: its peak is %.1f dB above its level"
                .formatted(crestDb));
      }
    }
    return Optional.empty();
  }

  private Optional<String> steadinessReason() {
    double highest = seconds.stream().mapToDouble(SoundLevels::lafMaxDb).max().orElseThrow();
    double lowest = seconds.stream().mapToDouble(SoundLevels::lafMinDb).min().orElseThrow();
    return highest - lowest <= STEADY_DB
        ? Optional.empty()
        : Optional.of(
            "it is not steady: %.1f dB from lowest to highest".formatted(highest - lowest));
  }

  private Optional<String> levelReason(double referenceDb) {
    double offDb = sensitivityDbfs(referenceDb) - part.sensitivityDbfs();
    return near(offDb, 0, MicrophoneSettings.MAX_DEVIATION_DB)
        ? Optional.empty()
        : Optional.of(
            "an %s would have to be %+.1f dB off to hear it as %.1f dB"
                .formatted(part.key(), offDb, referenceDb));
  }

  private double sensitivityDbfs(double referenceDb) {
    double rmsDbfs = Mean.ENERGY.of(seconds.stream().map(SoundLevels::laeqDb).toList());
    double sineDbfs = rmsDbfs + MicrophoneSettings.SINE_CREST_DB;
    return sineDbfs - (referenceDb - LOW_DB);
  }

  private static boolean near(double value, double middle, double tolerance) {
    return Math.abs(value - middle) <= tolerance;
  }
}
