package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Sample;
import java.io.IOException;
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
  /** Measures (section 4); the others are an SGP41's too. */
  private static final SensirionCommand MEASURE = SensirionCommand.ofMillis(0x260F, 30);

  /** Self-test: the high byte is one of two, the low one is to be ignored. */
  private static final int PASSED = 0xD4;

  private static final int FAILED = 0x4B;

  private final SensirionGas gas;
  private final Time time;

  /**
   * The part at this port; nothing is sent yet.
   *
   * @param air a fresh sample with the temperature and humidity beside the part, if there is one
   * @param indexState where its index's learning outlives a restart
   */
  public Sgp40(I2cPort port, Time time, Supplier<Optional<Sample>> air, GasIndexState indexState) {
    this.gas = new SensirionGas("SGP40", port, time, air, indexState);
    this.time = time;
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
    gas.identify();
    int selfTest = gas.selfTest() >> 8;
    if (selfTest != PASSED && selfTest != FAILED) {
      throw new FrameException(
          String.format(
              "SGP40: self-test %02x: a broken part, or another one at its address", selfTest));
    }
    gas.restart(selfTest == FAILED);
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
    SampleBuilder builder = new SampleBuilder();
    gas.takeVoc(raw, now, builder);
    return builder.build();
  }

  @Override
  public Rhythm rhythm() {
    return SensirionGas.RHYTHM;
  }

  /** Switches the heater off. */
  @Override
  public void close() {
    gas.close();
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
    return gas.ask(MEASURE, 1)[0];
  }
}
