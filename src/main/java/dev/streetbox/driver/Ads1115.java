package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import java.io.IOException;
import java.time.Duration;

/**
 * Drives a Texas Instruments ADS1115 converter on I2C, address 0x48 to 0x4B: single conversions of
 * one input against ground (datasheet SBAS444D, tables 3 and 6 to 8). Every conversion writes the
 * whole configuration, so that parts on different inputs may share the converter.
 *
 * <p>An ADS1015 is driven the same way, because its registers are the same, its codes have twelve
 * bits and four zeros after them, and each rate's code selects a faster rate there, so that every
 * wait is long enough (ADS101x datasheet, table 6).
 *
 * <p>The configuration is read back each time. If it differs from the one written, the converter
 * lost its supply for a moment (the register then reads 8583), or another part answers. The result
 * has no checksum and stays in its register until the next conversion (SBAS444D, 9.4.2.1), so that
 * it is read until two reads are the same: 0.5 ms more at 100 kHz, or 0.1 ms at 400 kHz. Used by
 * the bus's thread.
 */
public final class Ads1115 {
  /** Names the full scale, ± V, with its code (table 8, PGA). */
  enum Gain {
    V6_144(0b000, 6.144),
    V4_096(0b001, 4.096),
    V2_048(0b010, 2.048),
    V1_024(0b011, 1.024),
    V0_512(0b100, 0.512),
    V0_256(0b101, 0.256);

    private final int bits;
    private final double fullScaleV;

    Gain(int bits, double fullScaleV) {
      this.bits = bits;
      this.fullScaleV = fullScaleV;
    }
  }

  /** Names the conversions per second, ± 10 %, with their code (table 8, DR). */
  enum Rate {
    SPS_8(0b000, 8),
    SPS_16(0b001, 16),
    SPS_32(0b010, 32),
    SPS_64(0b011, 64),
    SPS_128(0b100, 128),
    SPS_250(0b101, 250),
    SPS_475(0b110, 475),
    SPS_860(0b111, 860);

    private final int bits;
    private final int perSecond;

    Rate(int bits, int perSecond) {
      this.bits = bits;
      this.perSecond = perSecond;
    }

    /** Returns the longest conversion time: 10 % over the nominal one, and 0.1 ms to wake up. */
    Duration longest() {
      return Duration.ofNanos((long) Math.ceil(1.1e9 / perSecond) + 100_000);
    }
  }

  /**
   * Holds the result of one conversion.
   *
   * @param code −32768 to 32767; a little below 0 is normal near 0 V
   * @param gain the gain of the conversion
   * @param tickMs start of the conversion, monotonic milliseconds since the boot began
   */
  record Conversion(int code, Gain gain, long tickMs) {
    /** Returns the input's voltage in V. */
    double volts() {
      return code * gain.fullScaleV / 32768;
    }

    /** Returns whether the input lay beyond full scale, so that its voltage is unknown. */
    boolean clipped() {
      return code == Short.MAX_VALUE || code == Short.MIN_VALUE;
    }
  }

  private static final int CONVERSION = 0x00;
  private static final int CONFIG = 0x01;

  /** Bit OS: written as 1 it starts a conversion; read as 1 it means that none is running. */
  private static final int IDLE = 1 << 15;

  /** Field MUX, 100 to 111: inputs 0 to 3 against ground. */
  private static final int AGAINST_GROUND = 0b100 << 12;

  /** Bit MODE: one conversion, then power-down. */
  private static final int SINGLE = 1 << 8;

  /** Field QUE: comparator off, ALERT not driven. */
  private static final int NO_COMPARATOR = 0b11;

  private static final Duration POLL = Duration.ofMillis(1);
  private static final int POLLS = 5;

  private final I2cPort port;
  private final Time time;

  /** Creates a driver of the converter at this port and sends nothing yet. */
  public Ads1115(I2cPort port, Time time) {
    this.port = port;
    this.time = time;
  }

  /**
   * Brings the converter to power-down from any state, for example from continuous conversion set
   * by another program, because a converting part ignores the next start until its conversion has
   * ended. Waits for the slowest conversion, 138 ms.
   *
   * @throws FrameException if the configuration does not read back as written, because another part
   *     answers
   */
  void powerDown() throws IOException {
    int config = config(0, Gain.V2_048, Rate.SPS_128);
    write(config);
    time.sleep(Rate.SPS_8.longest());
    awaitIdle(config);
  }

  /**
   * Converts once and waits for the end of the conversion.
   *
   * @param input 0 to 3
   * @throws FrameException if the configuration does not read back as written, or the result reads
   *     differently each time
   * @throws BusException if no part acknowledges, or the conversion does not end
   */
  Conversion convert(int input, Gain gain, Rate rate) throws IOException {
    int config = config(input, gain, rate);
    long tickMs = time.tickMs();
    write(config | IDLE);
    time.sleep(rate.longest());
    awaitIdle(config);
    int code = RepeatedRead.of("ADS1115", () -> register(CONVERSION));
    return new Conversion((short) code, gain, tickMs);
  }

  private static int config(int input, Gain gain, Rate rate) {
    int mux = AGAINST_GROUND | input << 12;
    return mux | gain.bits << 9 | SINGLE | rate.bits << 5 | NO_COMPARATOR;
  }

  private void awaitIdle(int config) throws IOException {
    for (int poll = 0; poll < POLLS; poll++) {
      int found = register(CONFIG);
      if ((found & ~IDLE) != config) {
        throw new FrameException(
            String.format(
                "ADS1115: configuration reads %04x instead of %04x: it lost its supply for a"
                    + " moment, or another part answers at its address",
                found & ~IDLE, config));
      }
      if ((found & IDLE) != 0) {
        return;
      }
      time.sleep(POLL);
    }
    throw new BusException("ADS1115: a conversion does not end", BusException.UNKNOWN);
  }

  private void write(int config) throws IOException {
    port.write(CONFIG, config >> 8, config & 0xff);
  }

  private int register(int pointer) throws IOException {
    port.write(pointer);
    return BigEndian.word(port.read(2), 0);
  }
}
