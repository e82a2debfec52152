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
 * Drives a Sensirion SGP40 on I2C, address 0x59: the raw signal of the VOC pixel, in ticks
 * (datasheet v1.2, section 4), and its {@link GasIndex}. Unlike an {@link Sgp41} the part needs no
 * conditioning.
 *
 * <p>Flags: GAS_WARMUP while the index cannot show unusual air yet ({@link GasIndex#learning}: 45
 * minutes); in the first 46 s there is no index. GAS_FAULT while the self-test failed or the index
 * does not resolve the signal (0, or above 52,767), without a reading; GAS_STUCK, without an index.
 *
 * <p>Used by the bus's thread.
 */
public final class Sgp40 implements Sensor {
  /** Measures (section 4); the commands shared with the SGP41 stand in {@link SensirionGas}. */
  static final SensirionCommand MEASURE = SensirionCommand.ofMillis(0x260F, 30);

  /** High byte of a passed self-test; the low byte is to be ignored. */
  private static final int PASSED = 0xD4;

  /** High byte of a failed self-test. */
  private static final int FAILED = 0x4B;

  private final SensirionGas gas;
  private final Time time;

  /**
   * Creates a driver of the part at this port and sends nothing yet.
   *
   * @param air a fresh sample with the temperature and humidity beside the part, if there is one
   * @param indexState store of the index's learned state over restarts
   */
  public Sgp40(I2cPort port, Time time, Supplier<Optional<Sample>> air, GasIndexState indexState) {
    this.gas = new SensirionGas("SGP40", port, time, air, indexState);
    this.time = time;
  }

  /**
   * Brings the part to idle from any state, identifies and tests it. A failed self-test is no
   * exception, because the pixel may recover; its samples have GAS_FAULT until the next start.
   *
   * @throws FrameException if the serial is all zeros or ones, the self-test's result is unknown,
   *     or the part does not acknowledge the measuring command, the only one that an SGP41 does not
   *     have
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
   * Measures the next signal and updates the index by it.
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
  public PartIdentity identity() {
    return gas.identity();
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

  /**
   * Measures once to heat the plate and drops the signal, because the first one after idle is not
   * valid.
   */
  private void heat() throws IOException {
    try {
      measure();
    } catch (BusException e) {
      if (e.isNack()) {
        throw new FrameException(
            "SGP40: it does not answer to 260f, so it is an SGP41. Try: driver = \"sgp41\" in its"
                + " [[sensor]]");
      }
      throw e;
    }
  }

  private int measure() throws IOException {
    return gas.ask(MEASURE, 1)[0];
  }
}
