package dev.streetbox.driver;

import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Drives an SGX MiCS-6814 at three inputs of an {@link Ads1115}, as on Pimoroni's Enviro+: the
 * resistances of its elements for oxidising gases, reducing gases and ammonia, each with a load
 * resistor of 56 kΩ to 3.3 V (enviroplus-python 5ef2284, gas.py). Readings are in ohms and not in
 * ppm, because each element responds to the other gases, to humidity and to temperature too. The
 * 3.3 V are taken as exact.
 *
 * <p>Flags: GAS_WARMUP for 10 minutes; GAS_FAULT if an element is open, shorted or disconnected,
 * without its reading; GAS_STUCK. Used by the bus's thread.
 */
public final class Mics6814 implements Sensor {
  /** Quantities of the elements in the order of the inputs. */
  private static final List<Quantity> ELEMENTS =
      List.of(Quantity.OX_RESISTANCE, Quantity.RED_RESISTANCE, Quantity.NH3_RESISTANCE);

  private static final double SUPPLY_V = 3.3;
  private static final double LOAD_OHM = 56_000;

  /**
   * Plausible resistance: in clean air 0.8 to 1500 kΩ, with gas or in the cold a tenth or three
   * times of that. The converter's noise around 0 V and an open element at a supply that is 1 % too
   * low lie outside.
   */
  private static final double LEAST_OHM = 80;

  private static final double MOST_OHM = 5_000_000;

  /** Time until the resistances are usable; they continue to settle for hours. */
  private static final Duration WARM_UP = Duration.ofMinutes(10);

  /**
   * Limit of three unchanged voltages: an ADS1015 resolves 3 mV, and temperature alone changes one
   * of three by that in half an hour.
   */
  private static final Duration FROZEN = Duration.ofMinutes(30);

  private static final Rhythm RHYTHM = Rhythm.everySecond(Duration.ofSeconds(3));

  private final Ads1115 adc;
  private final Time time;
  private final int firstInput;
  private final StuckDetector stuck = new StuckDetector(FROZEN);
  private long startTickMs;

  /**
   * Creates a driver of the elements at three successive inputs of the converter and sends nothing
   * yet.
   *
   * @param firstInput the input of the element for oxidising gases, 0 or 1
   * @throws IllegalArgumentException if there are not three inputs from there on
   */
  public Mics6814(Ads1115 adc, Time time, int firstInput) {
    if (firstInput < 0 || firstInput > 1) {
      throw new IllegalArgumentException("channel " + firstInput + " is not 0 or 1");
    }
    this.adc = adc;
    this.time = time;
    this.firstInput = firstInput;
  }

  /**
   * Brings the converter to power-down and measures once, to check that an element is connected.
   *
   * @throws FrameException if no element is connected
   */
  @Override
  public void start() throws IOException {
    startTickMs = time.tickMs();
    adc.powerDown();
    stuck.reset();
    convert();
  }

  /**
   * Measures the three resistances, Ω; implausible ones are flagged and omitted.
   *
   * @throws FrameException if none is plausible, or the converter was reset
   */
  @Override
  public Sample read() throws IOException {
    List<Double> volts = convert();
    long now = time.tickMs();
    SampleBuilder builder = new SampleBuilder();
    for (int i = 0; i < ELEMENTS.size(); i++) {
      double ohms = ohms(volts.get(i));
      if (isElement(ohms)) {
        builder.put(ELEMENTS.get(i), ohms, LEAST_OHM, MOST_OHM);
      } else {
        builder.flagIf(true, Quality.GAS_FAULT);
      }
    }
    builder.flagIf(now - startTickMs < WARM_UP.toMillis(), Quality.GAS_WARMUP);
    builder.flagIf(stuck.isStuck(volts, now), Quality.GAS_STUCK);
    return builder.build();
  }

  @Override
  public Rhythm rhythm() {
    return RHYTHM;
  }

  private List<Double> convert() throws IOException {
    List<Double> volts = new ArrayList<>();
    for (int i = 0; i < ELEMENTS.size(); i++) {
      volts.add(adc.convert(firstInput + i, Ads1115.Gain.V6_144, Ads1115.Rate.SPS_128).volts());
    }
    if (volts.stream().map(Mics6814::ohms).noneMatch(Mics6814::isElement)) {
      throw new FrameException(
          String.format(
              "MiCS-6814: %.3f, %.3f and %.3f V, none of which an element gives: it is not"
                  + " connected to these channels, or has no supply",
              volts.get(0), volts.get(1), volts.get(2)));
    }
    return volts;
  }

  /**
   * Returns whether the resistance is plausible; an open element gives a negative or infinite one.
   */
  private static boolean isElement(double ohms) {
    return ohms >= LEAST_OHM && ohms <= MOST_OHM;
  }

  /**
   * Returns the resistance in Ω below the load resistor: V · 56 kΩ / (3.3 V − V); not finite at 3.3
   * V.
   */
  static double ohms(double volts) {
    return volts * LOAD_OHM / (SUPPLY_V - volts);
  }
}
