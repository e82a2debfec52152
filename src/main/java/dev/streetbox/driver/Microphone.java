package dev.streetbox.driver;

import dev.streetbox.bus.AudioPort;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A digital microphone as a sound level meter: once a second LAeq,1s, LAFmax and LCpeak, and once a
 * minute L10, L50 and L90 of LAF. Sound is reduced to levels as it comes and never kept.
 *
 * <p>The port's thread drives it; {@link #lastSecond}, {@link #calibratorTone} and {@link #part}
 * are safe for every thread.
 */
public final class Microphone implements Sensor {
  /** Longer than a second: the audio clock and the row's own drift past one another. */
  private static final Rhythm RHYTHM = Rhythm.ofThePart(Duration.ofSeconds(2));

  private static final Duration READ_LIMIT = Duration.ofSeconds(1);
  private static final double NEAR_FLOOR_DB = 5;

  /** Nothing is quieter than its own noise: what lies so far below it comes from no microphone. */
  private static final double BELOW_FLOOR_DB = -10;

  private static final Sample STUCK = new Sample(Map.of(), Set.of(Quality.NOISE_STUCK));
  private static final Sample GAP = new Sample(Map.of(), Set.of(Quality.STALE));

  private final AudioPort port;
  private final Time time;
  private final MicrophoneSettings settings;
  private final Calibrator calibrator;
  private final int[] words;
  private final PercentileMinute percentileMinute = new PercentileMinute();
  private CaptureRun run;
  private long overruns;
  private volatile Optional<SoundLevels> lastSecond = Optional.empty();
  private volatile Optional<Calibrator.Tone> tone = Optional.empty();

  /**
   * @param port closed; opened by {@link #start}
   */
  public Microphone(AudioPort port, Time time, MicrophoneSettings settings) {
    this.port = port;
    this.time = time;
    this.settings = settings;
    this.calibrator = new Calibrator(settings.part());
    this.run = new CaptureRun(port.rateHz(), settings);
    this.words = new int[2 * run.missingFrames()];
  }

  @Override
  public void start() throws IOException {
    port.close();
    port.open();
    overruns = port.overruns();
    begin();
  }

  /**
   * Waits up to a second for the end of a second of sound.
   *
   * @return its levels; flags alone while no channel moves, or where samples were lost: what was
   *     heard around a gap is left out, and the next second but one is measured again
   */
  @Override
  public Sample read() throws IOException {
    long deadlineMs = time.tickMs() + READ_LIMIT.toMillis();
    for (long leftMs = READ_LIMIT.toMillis(); leftMs > 0; leftMs = deadlineMs - time.tickMs()) {
      int frames = port.read(words, run.missingFrames(), Duration.ofMillis(leftMs));
      if (port.overruns() != overruns) {
        overruns = port.overruns();
        begin();
        return GAP;
      }
      Sample sample = frames == 0 ? Sample.NOTHING : hear(frames);
      if (!sample.isEmpty()) {
        return sample;
      }
    }
    return Sample.NOTHING;
  }

  /**
   * Starts, and listens until the last five seconds were the tone of a calibrator.
   *
   * @param referenceDb the calibrator's level by its certificate
   * @param seconds how many seconds of sound to listen to at most
   * @throws IOException if the microphone fails, or nothing that was heard was such a tone; the
   *     message says why
   */
  public Calibrator.Tone hearCalibrator(double referenceDb, int seconds) throws IOException {
    start();
    for (int heard = 0; heard < seconds && calibrator.rejectionReason(referenceDb).isPresent(); ) {
      heard += read().isEmpty() ? 0 : 1;
    }
    Optional<String> objection = calibrator.rejectionReason(referenceDb);
    if (objection.isPresent()) {
      throw new IOException("no calibrator of " + referenceDb + " dB: " + objection.get());
    }
    return calibrator.measure(referenceDb);
  }

  @Override
  public Rhythm rhythm() {
    return RHYTHM;
  }

  @Override
  public void close() {
    port.close();
    forget();
  }

  /**
   * The levels of the last second in dB relative to full scale (rms 1.0), before calibration; empty
   * while nothing is measured.
   */
  public Optional<SoundLevels> lastSecond() {
    return lastSecond;
  }

  /** The tone of an acoustic calibrator, while the last five seconds were one. */
  public Optional<Calibrator.Tone> calibratorTone() {
    return tone;
  }

  /** Its type. */
  public MicrophonePart part() {
    return settings.part();
  }

  private Sample hear(int frames) {
    switch (run.add(words, frames)) {
      case BLOCK -> countLevel();
      case SECOND -> {
        countLevel();
        return endSecond();
      }
      case NO_SIGNAL -> {
        begin();
        return STUCK;
      }
      case PART -> {}
    }
    return Sample.NOTHING;
  }

  private void countLevel() {
    percentileMinute.add(run.fastDb() + settings.offsetDb());
  }

  private Sample endSecond() {
    SoundLevels dbfs = run.take();
    boolean overload = run.takePeak() >= settings.part().overloadShare();
    SoundLevels db = dbfs.plus(settings.offsetDb());
    double aboveFloorDb = db.laeqDb() - settings.part().floorDb();
    if (!(aboveFloorDb >= BELOW_FLOOR_DB)) {
      forget();
      return STUCK;
    }
    calibrator.add(dbfs);
    lastSecond = Optional.of(dbfs);
    tone = calibrator.detectedTone();
    SampleBuilder builder = new SampleBuilder();
    builder.flagIf(overload, Quality.NOISE_OVERLOAD);
    builder.flagIf(aboveFloorDb < NEAR_FLOOR_DB, Quality.NOISE_FLOOR);
    builder.flagIf(tone.isPresent(), Quality.NOISE_CALIBRATOR);
    percentileMinute.endSecond().forEach(builder::put);
    builder.put(Quantity.LAEQ, db.laeqDb());
    builder.put(Quantity.LAFMAX, db.lafMaxDb());
    builder.put(Quantity.LCPEAK, db.lcPeakDb());
    return builder.sample();
  }

  private void begin() {
    run = new CaptureRun(port.rateHz(), settings);
    forget();
  }

  private void forget() {
    percentileMinute.clear();
    calibrator.clear();
    lastSecond = Optional.empty();
    tone = Optional.empty();
  }
}
