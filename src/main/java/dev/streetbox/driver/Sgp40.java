package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.GasIndex.Gas;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sensirion SGP40 on I2C, address 0x59: the raw signal of its VOC pixel, in ticks (datasheet v1.2,
 * section 4), and its {@link GasIndex}. It needs no conditioning: that is the {@link Sgp41}'s.
 *
 * <p>Flags: GAS_WARMUP while the index could not tell unusual air yet ({@link GasIndex#learning}:
 * 45 minutes); in its first 46 s there is none. GAS_FAULT while the self-test failed or the signal
 * is 0 or 65535, without a reading; GAS_STUCK, without an index.
 *
 * <p>Used by the bus's thread.
 */
public final class Sgp40 implements Sensor {
  /** The commands and their longest times (section 4). */
  private enum Command implements SensirionPort.Command {
    MEASURE(0x260F, 30),
    SELF_TEST(0x280E, 320),
    HEATER_OFF(0x3615, 1),
    SERIAL(0x3682, 1);

    private final int code;
    private final int ms;

    Command(int code, int ms) {
      this.code = code;
      this.ms = ms;
    }

    @Override
    public int code() {
      return code;
    }

    @Override
    public Duration duration() {
      return Duration.ofMillis(ms);
    }
  }

  /** Self-test: the high byte is one of two, the low one is to be ignored. */
  private static final int PASSED = 0xD4;

  private static final int FAILED = 0x4B;

  private static final long NO_SERIAL = 0xFFFF_FFFF_FFFFL;

  /** What the gas index is specified for, but for 10 s in a mode that saves power. */
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private static final Duration FRESH = Duration.ofMillis(2_500);

  private final SensirionPort port;
  private final Time time;
  private final Supplier<Optional<Sample>> air;
  private final GasMemory memory;
  private final GasPixel voc = new GasPixel(Gas.VOC, Quantity.VOC_RAW, Quantity.VOC_INDEX);

  private long serial;

  /**
   * The part at this port; nothing is sent yet.
   *
   * @param air a fresh sample with the temperature and humidity beside the part, if there is one
   * @param memory where its index's learning outlives a restart
   */
  public Sgp40(I2cPort port, Time time, Supplier<Optional<Sample>> air, GasMemory memory) {
    this.port = new SensirionPort("SGP40", port, time);
    this.time = time;
    this.air = air;
    this.memory = memory;
  }

  /**
   * Brings the part to idle from any state, identifies and tests it. A pixel that fails the test is
   * no exception: it may recover, and says so by a flag meanwhile.
   *
   * @throws FrameException if the serial is none, the self-test ends in no known way, or the part
   *     does not know how to measure: an SGP41 answers to all but that
   */
  @Override
  public void start() throws IOException {
    port.send(Command.HEATER_OFF);
    int[] words = port.ask(Command.SERIAL, 3);
    serial = (long) words[0] << 32 | (long) words[1] << 16 | words[2];
    int selfTest = port.ask(Command.SELF_TEST, 1)[0] >> 8;
    if (serial == 0 || serial == NO_SERIAL || (selfTest != PASSED && selfTest != FAILED)) {
      throw new FrameException(
          String.format(
              "SGP40: serial %012x, self-test %02x: a broken part, or another one at its address",
              serial, selfTest));
    }
    voc.begin(selfTest == FAILED);
    heat();
  }

  /**
   * The next signal, and what the index makes of it.
   *
   * @throws FrameException if the checksum is wrong
   */
  @Override
  public Sample read() throws IOException {
    long now = time.tickMs();
    int raw = measure();
    Draft draft = new Draft();
    if (voc.take(raw, now, draft)) {
      voc.remember(memory, serial);
    }
    return draft.sample();
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  @Override
  public Duration fresh() {
    return FRESH;
  }

  /** Switches the heater off. */
  @Override
  public void close() {
    try {
      port.send(Command.HEATER_OFF);
    } catch (IOException e) {
      // It no longer answers: there is nothing to switch off.
    }
  }

  /** Measures once, which heats the plate; the first signal after idle is not one of this air. */
  private void heat() throws IOException {
    try {
      measure();
    } catch (BusException e) {
      if (e.isNack()) {
        throw new FrameException("SGP40: it does not answer to 260f: probably it is an SGP41");
      }
      throw e;
    }
  }

  private int measure() throws IOException {
    return port.ask(Command.MEASURE, 1, Compensation.of(air.get()))[0];
  }
}
