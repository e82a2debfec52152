package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.GasIndex.Gas;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Drives a Sensirion SGP41 on I2C, address 0x59: the raw signals of its VOC and NOx pixels, in
 * ticks (datasheet v1.0, section 3), and each pixel's {@link GasIndex}, because a raw signal has a
 * meaning only in comparison with earlier ones.
 *
 * <p>Flags: GAS_WARMUP during the conditioning and while an index cannot show unusual air yet
 * ({@link GasIndex#learning}: VOC 45 minutes, NOx 20); in the first 46 s there is no index.
 * GAS_FAULT while a pixel failed its self-test or gives a signal that its index does not resolve
 * (0, or above 52,767 for VOC and 42,767 for NOx), without a reading of that pixel; GAS_STUCK,
 * without an index.
 *
 * <p>Used by the bus's thread.
 */
public final class Sgp41 implements Sensor {
  // Commands (section 3); those shared with the SGP40 stand in SensirionGas.
  private static final SensirionCommand CONDITION = SensirionCommand.ofMillis(0x2612, 50);
  private static final SensirionCommand MEASURE = SensirionCommand.ofMillis(0x2619, 50);

  /** Self-test bit of a failed VOC pixel; bits other than these two are to be ignored. */
  private static final int VOC_FAILED = 1;

  /** Self-test bit of a failed NOx pixel. */
  private static final int NOX_FAILED = 2;

  /**
   * Time after which no conditioning command is sent, however few were sent, because conditioning
   * for more than 10 s can damage the sensing material; normally it is ten commands, one a second.
   */
  private static final long LAST_CONDITIONING_MS = 9_500;

  private static final Sample WARMING_UP = new Sample(Map.of(), Set.of(Quality.GAS_WARMUP));

  private final SensirionGas gas;
  private final Time time;
  private final GasPixel nox = new GasPixel(Gas.NOX, Quantity.NOX_RAW, Quantity.NOX_INDEX);

  private long conditioningTickMs;
  private boolean measuring;

  /**
   * Creates a driver of the part at this port and sends nothing yet.
   *
   * @param air a fresh sample with the temperature and humidity beside the part, if there is one
   * @param indexState store of the VOC index's learned state over restarts; the NOx index starts
   *     anew each time
   */
  public Sgp41(I2cPort port, Time time, Supplier<Optional<Sample>> air, GasIndexState indexState) {
    this.gas = new SensirionGas("SGP41", port, time, air, indexState);
    this.time = time;
  }

  /**
   * Brings the part to idle from any state, identifies and tests it, and begins the conditioning,
   * which is needed whenever the heater was off; the rest of it is spread over the reads that
   * follow. A failed pixel is no exception, because the other one still measures.
   *
   * @throws FrameException if the serial is all zeros or ones, or the part is an SGP40
   */
  @Override
  public void start() throws IOException {
    gas.identify();
    int selfTest = gas.selfTest();
    gas.restart((selfTest & VOC_FAILED) != 0);
    nox.restart((selfTest & NOX_FAILED) != 0);
    measuring = false;
    conditioningTickMs = time.tickMs();
    condition();
  }

  /**
   * Measures the next pair of signals and updates the indices by them; in the first 10 s sends a
   * conditioning command instead.
   *
   * @throws FrameException if a checksum is wrong; neither signal is given then
   */
  @Override
  public Sample read() throws IOException {
    long now = time.tickMs();
    if (now - conditioningTickMs < LAST_CONDITIONING_MS) {
      gas.askPlain(CONDITION);
      return WARMING_UP;
    }
    int[] raw = gas.ask(MEASURE, 2);
    if (!measuring) {
      // The first signal after idle is not valid.
      measuring = true;
      return WARMING_UP;
    }
    SampleBuilder builder = new SampleBuilder();
    gas.takeVoc(raw[0], now, builder);
    nox.take(raw[1], now, builder);
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
   * Sends the first conditioning command. If it is not acknowledged, the SGP40's measuring command
   * tells an SGP40, which answers all other commands of the start, from a part that is busy.
   */
  private void condition() throws IOException {
    try {
      gas.askPlain(CONDITION);
    } catch (BusException e) {
      if (e.isNack() && isSgp40()) {
        throw new FrameException(
            "SGP41: an SGP40 is at its address. Try: driver = \"sgp40\" in its [[sensor]]");
      }
      throw e;
    }
  }

  private boolean isSgp40() throws IOException {
    try {
      gas.askPlain(Sgp40.MEASURE);
      return true;
    } catch (BusException e) {
      return false;
    }
  }
}
