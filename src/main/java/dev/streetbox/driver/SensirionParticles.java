package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Does what an SPS30 and a SEN5x do alike: starting and stopping, waiting for the next set of
 * values, the errors of the status register, the hours and the cleaning of the fan, and the ranges
 * of the ten particle values (datasheets SPS30 v1.0 and SEN5x v2). Used by the bus's thread.
 */
final class SensirionParticles {
  /** Two of its periods and a half: a set may be just too late for a read, by 4 % (table 1). */
  static final Rhythm RHYTHM = Rhythm.everySecond(Duration.ofMillis(2_500));

  /** The ten values in the order of both parts: masses, number concentrations, typical size. */
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

  /** The index of the number concentration of all particles, and of the typical size. */
  static final int TOTAL_AT = 8;

  static final int SIZE_AT = 9;

  /** Ranges in µg/m³, 1/cm³ and µm (table 1); beyond, an SPS30 sends numbers up to 100,000. */
  private static final double GREATEST_MASS = 1000;

  private static final double GREATEST_COUNT = 3000;
  private static final double GREATEST_SIZE = 10;

  /** A new set comes every 1 ± 0.04 s: four missed are a part that is not measuring. */
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
   * Takes the part at this port; nothing is sent yet.
   *
   * @param part the part's name, for messages
   * @param stopWait how long it needs to stop
   * @param wait how long it needs for every other command
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

  /** Stops the part, which may be idle and refuse; returns whether it acknowledged. */
  boolean stopIfTaken() throws IOException {
    return port.sendIfTaken(stop);
  }

  /** Clears errors of the status register, which stay set long after they are over. */
  void clearStatus() throws IOException {
    port.send(clearStatus);
  }

  /** Starts the measurement and returns when, in ms since the boot began. */
  long start(SensirionCommand start, int... words) throws IOException {
    port.send(start, words);
    setTickMs = time.tickMs();
    measured = false;
    sticky.reset();
    return setTickMs;
  }

  /**
   * Asks whether there is a set of values that was not read yet.
   *
   * @throws BusException if there was none for 4 s: the part is idle
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

  /** Returns what to say without a new set: before the first one, that the part is starting. */
  Sample withoutNewSet() {
    return measured ? Sample.NOTHING : STARTING;
  }

  /** Counts the time since the last set, or since the start, as hours of the fan. */
  void countSet(long nowMs) {
    fanHours.runs(Duration.ofMillis(nowMs - setTickMs));
    setTickMs = nowMs;
    measured = true;
  }

  /** Reads the status register and clears its errors; returns the bits that count. */
  int status(long nowMs) throws IOException {
    int[] words = port.ask(readStatus, 2);
    int bits = words[0] << 16 | words[1];
    if (sticky.showsErrors(bits)) {
      clearStatus();
    }
    return sticky.take(bits, nowMs);
  }

  /**
   * Begins to clean the fan if that is due; returns whether it does. To be called in the start-up
   * time, in which no good value is lost by it.
   */
  boolean cleanIfDue() throws IOException {
    if (!fanHours.isDue()) {
      return false;
    }
    port.send(clean);
    fanHours.cleaned();
    return true;
  }

  /** Stops the part, if it still answers: fan, laser and heater off. */
  void close() {
    port.sendIfAnswering(stop);
  }

  /**
   * Puts one of the ten values into a draft. A size of 0 means that there was no particle to size
   * and is left out.
   *
   * @param index 0 to 9
   * @param value in µg/m³, 1/cm³ or µm
   */
  static void put(SampleBuilder builder, int index, double value) {
    if (index < MASSES) {
      builder.put(QUANTITIES.get(index), value, 0, GREATEST_MASS);
    } else if (index < SIZE_AT) {
      builder.put(QUANTITIES.get(index), value, 0, GREATEST_COUNT);
    } else if (value != 0) {
      builder.put(QUANTITIES.get(index), value, 0, GREATEST_SIZE);
    }
  }
}
