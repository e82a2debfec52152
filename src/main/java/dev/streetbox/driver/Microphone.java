package dev.streetbox.driver;

import dev.streetbox.bus.AudioPort;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import dev.streetbox.sound.Calibrator;
import dev.streetbox.sound.CaptureRun;
import dev.streetbox.sound.MicrophonePart;
import dev.streetbox.sound.MicrophoneSettings;
import dev.streetbox.sound.PercentileMinute;
import dev.streetbox.sound.SoundLevels;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures sound levels with a digital microphone: once a second LAeq,1s, LAFmax and LCpeak, and
 * once a minute L10, L50 and L90 of LAF. Sound is reduced to levels as it arrives and never stored.
 *
 * <p>A second that ends with a peak as high as a calibrator's is held back for two blocks of 100
 * ms, because only they show whether a calibrator was put on; its time stays that of its end.
 *
 * <p>Used by the port's thread; {@link #lastSecond}, {@link #calibratorTone} and {@link #part} are
 * safe for every thread.
 */
public final class Microphone implements Sensor {
  /**
   * A reading stays fresh for 2 s, because the audio clock drifts against the clock of the rows.
   */
  private static final Rhythm RHYTHM = Rhythm.freeRunning(Duration.ofSeconds(2));

  private static final Duration READ_LIMIT = Duration.ofSeconds(1);

  /** Distance from the part's own noise below which a level is flagged, dB. */
  private static final double NEAR_FLOOR_DB = 5;

  /** Distance from the part's own noise below which no microphone can be the source, dB. */
  private static final double BELOW_FLOOR_DB = -10;

  /** Blocks for which a second is held back that may end with the beginning of a tone. */
  private static final int HELD_BLOCKS = 2;

  private static final Sample STUCK = new Sample(Map.of(), Set.of(Quality.NOISE_STUCK));
  private static final Sample GAP = new Sample(Map.of(), Set.of(Quality.STALE));

  private final AudioPort port;
  private final Time time;
  private final MicrophoneSettings settings;
  private final Calibrator calibrator;
  private final int[] samples;
  private final PercentileMinute percentileMinute = new PercentileMinute();
  private CaptureRun run;
  private long overruns;
  private Sample held = Sample.NOTHING;
  private int heldBlocks;
  private long endedMs;
  private volatile Optional<SoundLevels> lastSecond = Optional.empty();
  private volatile Optional<Calibrator.Tone> tone = Optional.empty();

  /**
   * Creates a driver of the microphone at this port and opens nothing yet.
   *
   * @param port closed; opened by {@link #start}
   */
  public Microphone(AudioPort port, Time time, MicrophoneSettings settings) {
    this.port = port;
    this.time = time;
    this.settings = settings;
    this.calibrator = new Calibrator(settings.part());
    this.run = new CaptureRun(port.rateHz(), settings);
    this.samples = new int[2 * run.missingFrames()];
  }

  @Override
  public void start() throws IOException {
    port.close();
    port.open();
    overruns = port.overruns();
    restartCapture();
  }

  /**
   * Waits up to a second for the end of a second of sound and returns its levels.
   *
   * @return the levels; flags alone while no channel changes, or where samples were lost: the sound
   *     around the gap is not measured, and levels follow from the next second but one on
   * @throws BusException if both slots move and differ and the settings name none
   */
  @Override
  public Sample read() throws IOException {
    endedMs = held.isEmpty() ? Long.MAX_VALUE : endedMs;
    long deadlineMs = time.tickMs() + READ_LIMIT.toMillis();
    for (long leftMs = READ_LIMIT.toMillis(); leftMs > 0; leftMs = deadlineMs - time.tickMs()) {
      int frames = port.read(samples, run.missingFrames(), Duration.ofMillis(leftMs));
      if (port.overruns() != overruns) {
        overruns = port.overruns();
        restartCapture();
        return GAP;
      }
      Sample sample = frames == 0 ? Sample.NOTHING : process(frames);
      if (!sample.isEmpty()) {
        return sample;
      }
    }
    return Sample.NOTHING;
  }

  /**
   * Starts the capture and reads until the last five seconds were the tone of a calibrator.
   *
   * @param referenceDb the calibrator's level by its certificate
   * @param seconds the greatest number of samples to read, one a second
   * @throws IOException if the microphone fails, or no five seconds were such a tone; the message
   *     gives the reason
   */
  public Calibrator.Tone measureCalibrator(double referenceDb, int seconds) throws IOException {
    start();
    for (int measured = 0;
        measured < seconds && calibrator.rejectionReason(referenceDb).isPresent(); ) {
      measured += read().isEmpty() ? 0 : 1;
    }
    Optional<String> reason = calibrator.rejectionReason(referenceDb);
    if (reason.isPresent()) {
      throw new IOException("no calibrator of " + referenceDb + " dB: " + reason.get());
    }
    return calibrator.measure(referenceDb);
  }

  /** Returns the end of the second of sound, also if the second was held back. */
  @Override
  public long measuredMs(long readMs) {
    return Math.min(readMs, endedMs);
  }

  @Override
  public Rhythm rhythm() {
    return RHYTHM;
  }

  @Override
  public void close() {
    port.close();
    clearLevels();
  }

  /**
   * Returns the levels of the last second in dB relative to full scale (rms 1.0), before
   * calibration; empty while nothing is measured.
   */
  public Optional<SoundLevels> lastSecond() {
    return lastSecond;
  }

  /** Returns the tone of an acoustic calibrator, if the last five seconds were one. */
  public Optional<Calibrator.Tone> calibratorTone() {
    return tone;
  }

  /** Returns the type of the microphone. */
  public MicrophonePart part() {
    return settings.part();
  }

  private Sample process(int frames) throws BusException {
    switch (run.add(samples, frames)) {
      case BLOCK -> {
        countLevel();
        return releaseHeld();
      }
      case SECOND -> {
        countLevel();
        return endSecond();
      }
      case NO_SIGNAL -> {
        restartCapture();
        return STUCK;
      }
      case TWO_SIGNALS -> {
        restartCapture();
        throw new BusException(
            "both slots of the sound card move and differ, so either may be the microphone: pull SD"
                + " down with 100 kΩ, or name the slot (slot = \"left\" or \"right\")",
            BusException.UNKNOWN);
      }
      case PART -> {}
    }
    return Sample.NOTHING;
  }

  /** Returns the second that is held back, if a block showed a tone, or enough showed none. */
  private Sample releaseHeld() {
    heldBlocks++;
    boolean tone = calibrator.isToneInLastBlock();
    if (held.isEmpty() || (!tone && heldBlocks < HELD_BLOCKS)) {
      return Sample.NOTHING;
    }
    Set<Quality> flags = EnumSet.noneOf(Quality.class);
    flags.addAll(held.flags());
    if (tone) {
      flags.add(Quality.NOISE_CALIBRATOR);
    }
    Sample second = new Sample(held.readings(), flags);
    held = Sample.NOTHING;
    return second;
  }

  private void countLevel() {
    calibrator.addBlock(run);
    percentileMinute.add(run.fastDb() + settings.offsetDb());
  }

  private Sample endSecond() {
    SoundLevels dbfs = run.take();
    boolean overload = run.takePeak() >= settings.part().overloadShare();
    SoundLevels db = dbfs.plus(settings.offsetDb());
    double aboveFloorDb = db.laeqDb() - settings.part().floorDb();
    if (!(aboveFloorDb >= BELOW_FLOOR_DB)) {
      clearLevels();
      return STUCK;
    }
    calibrator.add(dbfs);
    lastSecond = Optional.of(dbfs);
    tone = calibrator.detectedTone();
    SampleBuilder builder = new SampleBuilder();
    builder.flagIf(overload, Quality.NOISE_OVERLOAD);
    builder.flagIf(aboveFloorDb < NEAR_FLOOR_DB, Quality.NOISE_FLOOR);
    boolean inSecond = calibrator.takeToneInSecond();
    boolean isCalibrator = tone.isPresent() || inSecond;
    builder.flagIf(isCalibrator, Quality.NOISE_CALIBRATOR);
    percentileMinute.endSecond().forEach(builder::put);
    builder.put(Quantity.LAEQ, db.laeqDb());
    builder.put(Quantity.LAFMAX, db.lafMaxDb());
    builder.put(Quantity.LCPEAK, db.lcPeakDb());
    if (isCalibrator || !calibrator.mayHaveBegun()) {
      return builder.build();
    }
    held = builder.build();
    heldBlocks = 0;
    endedMs = time.tickMs();
    return Sample.NOTHING;
  }

  private void restartCapture() {
    run = new CaptureRun(port.rateHz(), settings);
    clearLevels();
  }

  private void clearLevels() {
    percentileMinute.clear();
    calibrator.clear();
    held = Sample.NOTHING;
    lastSecond = Optional.empty();
    tone = Optional.empty();
  }
}
