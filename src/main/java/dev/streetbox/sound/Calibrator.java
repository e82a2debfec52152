package dev.streetbox.sound;

import dev.streetbox.measure.Mean;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Detects an acoustic calibrator on a microphone (IEC 60942: a tone of 1 kHz at 94 or 114 dB) from
 * the levels of each second, and computes the microphone's sensitivity. A pure tone of 1 kHz has
 * 1000 periods a second, a peak 3.01 dB above its level, and a constant level; speech, sirens,
 * tones of 250 Hz and a tone mixed with other sound differ in at least one of these. Used by one
 * thread.
 */
public final class Calibrator {
  /**
   * Holds a calibrator's level and the microphone's sensitivity measured with it.
   *
   * @param referenceDb the calibrator's level, dB re 20 µPa
   * @param sensitivityDbfs the microphone's output at 94 dB, where 0 dBFS is a sine of full scale
   */
  public record Tone(double referenceDb, double sensitivityDbfs) {}

  /** The seconds of tone that a measurement needs. */
  public static final int SECONDS = 5;

  private static final double LOW_DB = 94;
  private static final double HIGH_DB = 114;
  private static final double REFERENCE_TOLERANCE_DB = 1;
  private static final double FREQUENCY_HZ = 1000;
  private static final double FREQUENCY_TOLERANCE_HZ = 20; // IEC 60942, class 2
  private static final double CREST_TOLERANCE_DB = 0.3;
  private static final double STEADY_DB = 0.2; // IEC 60942, class 2: short-term fluctuation

  private static final SoundBlock NO_BLOCK = new SoundBlock(0, 0, 0);

  private final MicrophonePart part;
  private final Deque<SoundLevels> seconds = new ArrayDeque<>();
  private SoundBlock before = NO_BLOCK;
  private boolean toneInSecond;
  private boolean toneInLastSecond;

  /**
   * Makes a detector without any second.
   *
   * @param part the microphone's type; a unit's sensitivity is within 6 dB of the type's
   */
  public Calibrator(MicrophonePart part) {
    this.part = part;
  }

  /**
   * Adds the next second.
   *
   * @param dbfs the second's levels in dB relative to full scale (rms 1.0), before calibration
   */
  public void add(SoundLevels dbfs) {
    if (seconds.size() == SECONDS) {
      seconds.remove();
    }
    seconds.add(dbfs);
  }

  /** Adds the last block of a run, of the second that {@link #add} ends. */
  public void addBlock(CaptureRun run) {
    SoundBlock block = run.lastBlock();
    boolean repeats = isTone(block) && isTone(before);
    toneInSecond |= repeats && near(block.lceqDb(), before.lceqDb(), STEADY_DB);
    before = block;
  }

  /**
   * Returns whether the second so far, or the one before it, has two blocks in a row that a
   * calibrator may have made, and begins a new second. This is true from a calibrator's first
   * second on, when {@link #detectedTone} is not, of the second in which the calibrator was taken
   * off, and of the next one, because time weighting F falls by 35 dB a second only.
   */
  public boolean takeToneInSecond() {
    boolean tone = toneInSecond || toneInLastSecond;
    toneInLastSecond = toneInSecond;
    toneInSecond = false;
    return tone;
  }

  /**
   * Returns whether a tone may have begun in the last block: its peak is as high as a calibrator's.
   */
  public boolean mayHaveBegun() {
    double deviationDb = before.lcPeakDb() - part.sensitivityDbfs();
    return deviationDb >= -MicrophoneSettings.MAX_DEVIATION_DB - CREST_TOLERANCE_DB;
  }

  /** Returns whether a calibrator may have made the last block. */
  public boolean isToneInLastBlock() {
    return isTone(before);
  }

  private boolean isTone(SoundBlock block) {
    double lowDb = block.lceqDb() + MicrophoneSettings.SINE_CREST_DB - part.sensitivityDbfs();
    double crestDb = block.lcPeakDb() - block.lceqDb();
    return near(block.frequencyHz(), FREQUENCY_HZ, FREQUENCY_TOLERANCE_HZ)
        && near(crestDb, MicrophoneSettings.SINE_CREST_DB, CREST_TOLERANCE_DB)
        && (near(lowDb, 0, MicrophoneSettings.MAX_DEVIATION_DB)
            || near(lowDb, HIGH_DB - LOW_DB, MicrophoneSettings.MAX_DEVIATION_DB));
  }

  /** Discards the seconds so far. */
  public void clear() {
    seconds.clear();
    before = NO_BLOCK;
    toneInSecond = false;
    toneInLastSecond = false;
  }

  /**
   * Returns whether calibrators of such a level exist: 94 or 114 dB, within 1 dB by the
   * certificate.
   */
  public static boolean isReference(double db) {
    return near(db, LOW_DB, REFERENCE_TOLERANCE_DB) || near(db, HIGH_DB, REFERENCE_TOLERANCE_DB);
  }

  /**
   * Returns the reason why the last five seconds are not a calibrator's tone, for display; empty if
   * they are.
   *
   * @param referenceDb the calibrator's level by its certificate
   */
  public Optional<String> rejectionReason(double referenceDb) {
    if (!isReference(referenceDb)) {
      return Optional.of("a calibrator gives 94 or 114 dB, not %.1f dB".formatted(referenceDb));
    }
    if (seconds.size() < SECONDS) {
      return Optional.of("only %d of %d seconds measured".formatted(seconds.size(), SECONDS));
    }
    return toneReason().or(this::steadinessReason).or(() -> levelReason(referenceDb));
  }

  /**
   * Returns the microphone's sensitivity measured in the last five seconds.
   *
   * @param referenceDb the calibrator's level by its certificate
   * @throws IllegalStateException if {@link #rejectionReason} is present
   */
  public Tone measure(double referenceDb) {
    rejectionReason(referenceDb)
        .ifPresent(
            why -> {
              throw new IllegalStateException(why);
            });
    return new Tone(referenceDb, sensitivityDbfs(referenceDb));
  }

  /** Returns the tone of a calibrator of 94 or 114 dB, if the last five seconds were one. */
  public Optional<Tone> detectedTone() {
    // The two levels are 20 dB apart and no unit is more than 6 dB off, so at most one fits.
    if (rejectionReason(LOW_DB).isEmpty()) {
      return Optional.of(measure(LOW_DB));
    }
    return rejectionReason(HIGH_DB).isEmpty() ? Optional.of(measure(HIGH_DB)) : Optional.empty();
  }

  private Optional<String> toneReason() {
    for (SoundLevels second : seconds) {
      double crestDb = second.lcPeakDb() - second.lceqDb();
      if (!near(second.frequencyHz(), FREQUENCY_HZ, FREQUENCY_TOLERANCE_HZ)) {
        return Optional.of(
            "the tone is not 1000 Hz but about %.0f Hz".formatted(second.frequencyHz()));
      }
      if (!near(crestDb, MicrophoneSettings.SINE_CREST_DB, CREST_TOLERANCE_DB)) {
        return Optional.of(
            "the sound is not one pure tone: its peak is %.1f dB above its level"
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
            "the level is not steady: %.1f dB from lowest to highest".formatted(highest - lowest));
  }

  private Optional<String> levelReason(double referenceDb) {
    double offDb = sensitivityDbfs(referenceDb) - part.sensitivityDbfs();
    return near(offDb, 0, MicrophoneSettings.MAX_DEVIATION_DB)
        ? Optional.empty()
        : Optional.of(
            "an %s would have to be %+.1f dB off to measure it as %.1f dB"
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
