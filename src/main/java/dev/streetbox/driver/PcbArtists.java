package dev.streetbox.driver;

import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * Drives a PCB Artists decibel meter module PCBA-DBM-r3 on I2C, address 0x48: an A-weighted level
 * in whole decibels, ± 2 dB, 35 to 120 dB, nothing above 8 kHz (vendor's programming manual, also
 * for the register map below).
 *
 * <p>The module averages decibels exponentially, which gives a value at or below LAeq and is no
 * time weighting of IEC 61672-1. So the value is given as LEVEL only; the registers MAX and MIN are
 * extremes of the same average and are not read.
 *
 * <p>A register has no checksum, so that the level is read until two reads are the same.
 *
 * <p>Flags: NOISE_FLOOR at the lower end of the range, NOISE_OVERLOAD from 116 dB on, NOISE_STUCK.
 * Used by the bus's thread.
 */
public final class PcbArtists implements Sensor {
  private static final int VERSION = 0x00;
  private static final int SCRATCH = 0x05;
  private static final int CONTROL = 0x06;
  private static final int AVERAGING = 0x07;
  private static final int RESET = 0x09;
  private static final int DECIBEL = 0x0A;

  /** Versions: with a microphone, with a spectrum too, with a microphone on a cable. */
  private static final Set<Integer> VERSIONS = Set.of(0x31, 0x32, 0x81);

  /** Bit 3 of RESET: ends power-down, which no other command does, and restores the defaults. */
  private static final int SYSTEM_RESET = 1 << 3;

  /** Content of SCRATCH after a reset. */
  private static final int SCRATCH_DEFAULT = 0xAA;

  /** Content of SCRATCH written by this driver; a reset clears it together with the settings. */
  private static final int SCRATCH_WRITTEN = 0x5B;

  /** Content of CONTROL: A-weighting (bits 2 to 1), awake, no interrupt, no line output. */
  private static final int A_WEIGHTING = 0b01 << 1;

  /** Averaging time: the period of the rows. */
  private static final int AVERAGING_MS = 1_000;

  /** Wait after a reset; the manual gives "within 5 ms of power-up" and no other time. */
  private static final Duration READY = Duration.ofMillis(5);

  /**
   * Time without readings: "only valid after about 1 second of module power-up", and half as much
   * more.
   */
  private static final long SETTLING_MS = 1_500;

  private static final int LEAST_DB = 35;
  private static final int OVERLOAD_DB = 116;
  private static final int GREATEST_DB = 120;

  private static final Rhythm RHYTHM = Rhythm.everySecond(Duration.ofMillis(1_500));

  /**
   * Limit of an unchanged level; a level in whole decibels may last for minutes at a quiet place.
   */
  private static final Duration FROZEN = Duration.ofMinutes(10);

  private final I2cPort port;
  private final Time time;
  private final StuckDetector stuck = new StuckDetector(FROZEN);
  private long validMs;

  /** Creates a driver of the module at this port and sends nothing yet. */
  public PcbArtists(I2cPort port, Time time) {
    this.port = port;
    this.time = time;
  }

  /**
   * Identifies the module, resets it, which also ends power-down, and sets A-weighting and an
   * average of 1 s.
   *
   * @throws FrameException if another part answers (an ADS1115 has the same first address), or the
   *     settings do not read back
   */
  @Override
  public void start() throws IOException {
    int version = register(VERSION);
    if (!VERSIONS.contains(version)) {
      throw new FrameException(
          String.format(
              "PCB Artists: version %02x is none of 31, 32, 81: another part answers at its"
                  + " address, such as an ADS1115",
              version));
    }
    port.write(RESET, SYSTEM_RESET);
    time.sleep(READY);
    requireRegister("SCRATCH after the reset", SCRATCH, SCRATCH_DEFAULT);
    port.write(CONTROL, A_WEIGHTING);
    port.write(AVERAGING, AVERAGING_MS >> 8);
    port.write(AVERAGING + 1, AVERAGING_MS & 0xff);
    port.write(SCRATCH, SCRATCH_WRITTEN);
    validMs = time.tickMs() + SETTLING_MS;
    stuck.reset();
  }

  /**
   * Reads the level.
   *
   * @return nothing in the first second and a half
   * @throws FrameException if the module was reset since the start, another weighting is set, or
   *     the level reads differently each time
   */
  @Override
  public Sample read() throws IOException {
    requireRegister("SCRATCH", SCRATCH, SCRATCH_WRITTEN);
    requireRegister("CONTROL", CONTROL, A_WEIGHTING);
    int level = RepeatedRead.of("PCB Artists", () -> register(DECIBEL));
    if (time.tickMs() < validMs) {
      return Sample.NOTHING;
    }
    SampleBuilder builder = new SampleBuilder();
    builder.put(Quantity.LEVEL, level, LEAST_DB, GREATEST_DB);
    builder.flagIf(level == LEAST_DB, Quality.NOISE_FLOOR);
    builder.flagIf(level >= OVERLOAD_DB && level <= GREATEST_DB, Quality.NOISE_OVERLOAD);
    builder.flagIf(stuck.isStuck(level, time.tickMs()), Quality.NOISE_STUCK);
    return builder.build();
  }

  @Override
  public Rhythm rhythm() {
    return RHYTHM;
  }

  private void requireRegister(String what, int address, int expected) throws IOException {
    int found = register(address);
    if (found != expected) {
      throw new FrameException(
          String.format(
              "PCB Artists: %s reads %02x instead of %02x: it lost its supply for a moment, is"
                  + " busy, or another part answers at its address",
              what, found, expected));
    }
  }

  private int register(int address) throws IOException {
    port.write(address);
    return Byte.toUnsignedInt(port.read(1)[0]);
  }
}
