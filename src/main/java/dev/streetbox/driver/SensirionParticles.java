package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Implements what an SPS30 and a SEN5x share: starting and stopping, waiting for the next set of
 * values, the errors of the status register, the hours and the cleaning of the fan, and the ranges
 * of the ten particle values (datasheets SPS30 v1.0 and SEN5x v2). Used by the bus's thread.
 */
final class SensirionParticles {
  /**
   * Rhythm of one read a second; fresh for two and a half periods, because a set may arrive 4 %
   * late (table 1) and miss a read.
   */
  static final Rhythm RHYTHM = Rhythm.everySecond(Duration.ofMillis(2_500));

  /**
   * Quantities of the ten values in the order of both parts: masses, number concentrations, size.
   */
  private static final List<Quantity> QUANTITIES =
      List.of(
          Quantity.PM1,
          Quantity.PM2_5,
          Quantity.PM4,
          Quantity.PM10,
          Quantity.NC0_5,
          Quantity.NC1,
          Quantity.NC2_5,
          Quantity.NC4,
          Quantity.NC10,
          Quantity.PARTICLE_SIZE);

  static final int VALUES = 10;
  static final int MASSES = 4;

  /** Index of the number concentration of all particles. */
  static final int TOTAL_AT = 8;

  /** Index of the typical size. */
  static final int SIZE_AT = 9;

  /** Greatest values in µg/m³, 1/cm³ and µm (table 1); beyond, an SPS30 sends up to 100,000. */
  private static final double GREATEST_MASS = 1000;

  private static final double GREATEST_COUNT = 3000;
  private static final double GREATEST_SIZE = 10;

  /** Time without a new set, four periods of 1 ± 0.04 s, after which the part is not measuring. */
  private static final long SILENCE_MS = 4_000;

  private static final Sample STARTING = new Sample(Map.of(), Set.of(Quality.PM_WARMUP));

  private final String part;
  private final SensirionPort port;
  private final Time time;
  private final FanHours fanHours;
  private final StickyStatus sticky;
  private final SensirionCommand stop;
  private final SensirionCommand dataReady;
  private final SensirionCommand clean;
  private final SensirionCommand readStatus;
  private final SensirionCommand clearStatus;
  private boolean measured;
  private long setTickMs;

  /**
   * Creates the shared half of a driver of the part at this port and sends nothing yet.
   *
   * @param part the part's name, for messages
   * @param stopWait the time that the part needs to stop
   * @param wait the time that the part needs for each other command
   * @param errors the status bits that stay set until they are cleared
   */
  SensirionParticles(
      String part,
      SensirionPort port,
      Time time,
      FanHours fanHours,
      Duration stopWait,
      Duration wait,
      int errors) {
    this.part = part;
    this.port = port;
    this.time = time;
    this.fanHours = fanHours;
    this.sticky = new StickyStatus(errors);
    this.stop = new SensirionCommand(0x0104, stopWait);
    this.dataReady = new SensirionCommand(0x0202, wait);
    this.clean = new SensirionCommand(0x5607, wait);
    this.readStatus = new SensirionCommand(0xD206, wait);
    this.clearStatus = new SensirionCommand(0xD210, wait);
  }

  /** Stops the part; returns whether the part acknowledged, which an idle one may not. */
  boolean stopIfAcknowledged() throws IOException {
    return port.sendIfAcknowledged(stop);
  }

  /**
   * Clears the errors of the status register, which otherwise stay set after their cause has ended.
   */
  void clearStatus() throws IOException {
    port.send(clearStatus);
  }

  /** Starts the measurement and returns the time of it, ms since the boot began. */
  long start(SensirionCommand start, int... words) throws IOException {
    port.send(start, words);
    setTickMs = time.tickMs();
    measured = false;
    sticky.reset();
    return setTickMs;
  }

  /**
   * Asks the part whether it has a set of values that was not read yet.
   *
   * @throws BusException if there was none for 4 s, because the part is idle
   */
  boolean hasNewSet(long nowMs) throws IOException {
    if ((port.ask(dataReady, 1)[0] & 1) != 0) {
      return true;
    }
    if (nowMs - setTickMs >= SILENCE_MS) {
      throw new BusException(
          part + ": no new values for 4 s: it fell back to idle, as after a dip of its supply",
          BusException.UNKNOWN);
    }
    return false;
  }

  /**
   * Returns the sample of a read without a new set: PM_WARMUP before the first set, else nothing.
   */
  Sample withoutNewSet() {
    return measured ? Sample.NOTHING : STARTING;
  }

  /** Adds the time since the last set, or since the start, to the fan's hours. */
  void countSet(long nowMs) {
    fanHours.addRunTime(Duration.ofMillis(nowMs - setTickMs));
    setTickMs = nowMs;
    measured = true;
  }

  /** Reads the status register and clears its errors; returns the bits of {@link StickyStatus}. */
  int status(long nowMs) throws IOException {
    int[] words = port.ask(readStatus, 2);
    int bits = words[0] << 16 | words[1];
    if (sticky.hasErrors(bits)) {
      clearStatus();
    }
    return sticky.update(bits, nowMs);
  }

  /**
   * Starts a cleaning of the fan if it is due, and returns whether it was. To be called in the
   * start-up time, when the values are not usable anyway.
   */
  boolean cleanIfDue() throws IOException {
    if (!fanHours.isCleaningDue()) {
      return false;
    }
    port.send(clean);
    fanHours.markCleaned();
    return true;
  }

  /** Stops the part, if it still answers, which switches fan, laser and heater off. */
  void close() {
    port.trySend(stop);
  }

  /**
   * Adds the ten values, or the nine without a size, to a sample. There are none, and the part is
   * flagged faulty, if all number concentrations are 0, because no street air is so clean, and if a
   * larger size range has less than a smaller one, which it contains.
   *
   * @param rounding the greatest difference that rounding two values can cause
   * @param values in the order of both parts; NaN where the part does not know the value
   */
  static void putAll(SampleBuilder builder, double rounding, double... values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        put(builder, i, values[i]);
      }
    }
    double[] masses = Arrays.copyOfRange(values, 0, MASSES);
    double[] counts = Arrays.copyOfRange(values, MASSES, SIZE_AT);
    if (Particles.areZero(counts)) {
      builder.fail(Quality.PM_FAULT, Particles.NONE);
    }
    if (!Particles.ascend(rounding, masses) || !Particles.ascend(rounding, counts)) {
      builder.fail(Quality.PM_FAULT, Particles.INCONSISTENT);
    }
  }

  /**
   * Adds one of the ten values to a sample. A size of 0 is omitted, because it means that no
   * particle was counted.
   *
   * @param index 0 to 9
   * @param value in µg/m³, 1/cm³ or µm
   */
  private static void put(SampleBuilder builder, int index, double value) {
    if (index < MASSES) {
      builder.put(QUANTITIES.get(index), value, 0, GREATEST_MASS);
    } else if (index < SIZE_AT) {
      builder.put(QUANTITIES.get(index), value, 0, GREATEST_COUNT);
    } else if (value != 0) {
      builder.put(QUANTITIES.get(index), value, 0, GREATEST_SIZE);
    }
  }
}
