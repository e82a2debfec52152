package dev.streetbox.driver;

import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Drives a DFRobot MultiGas module with an electrochemical cell on I2C, address 0x74 to 0x77:
 * SEN0467 for hydrogen sulphide, SEN0469 for ammonia (DFRobot wiki, and DFRobot_MultiGasSensor
 * 5b08794). The steps of 1 ppm show a waste bin or a sewer, but no street air.
 *
 * <p>The concentration is the module's own, with the temperature of its board beside it. The
 * temperature compensation of DFRobot's library is not applied, because it multiplies H2S by 667 at
 * 20.1 °C and by 3 at 40 °C, adds half a ppm of NH3 to clean air, and gives 0 at colder or warmer
 * temperatures.
 *
 * <p>The module is set to passive mode, because in active mode, in which a module may be found, its
 * unrequested frames mix with the replies. Flags: GAS_WARMUP for 5 minutes; GAS_STUCK; OUT_OF_RANGE
 * and GAS_FAULT beyond the cell's range. Used by the bus's thread.
 */
public final class MultiGas implements Sensor {
  /** Names the gas of the cell, with its code in the frames. */
  public enum Gas {
    H2S(0x03, Quantity.H2S),
    NH3(0x02, Quantity.NH3);

    private final int code;
    private final Quantity quantity;

    Gas(int code, Quantity quantity) {
      this.code = code;
      this.quantity = quantity;
    }

    /**
     * Returns the gas of a configuration's value, for example {@code h2s}; empty if there is none.
     */
    public static Optional<Gas> of(String key) {
      return Arrays.stream(values())
          .filter(gas -> gas.quantity.key().equals(key + "_ppm"))
          .findFirst();
    }
  }

  private static final int REGISTER = 0x00;

  /** Command: sets the acquisition mode. */
  private static final int MODE = 0x78;

  /** Argument of {@link #MODE} for passive mode. */
  private static final int PASSIVE = 0x04;

  /** Byte 2 of the reply to {@link #MODE} if the mode was set. */
  private static final int DONE = 0x01;

  /** Command: reads concentration, gas and decimals. */
  private static final int MEASURED = 0x86;

  /**
   * Command: reads the thermistor in bytes 2 and 3, as DFRobot's library does. The reply to {@link
   * #MEASURED} holds it too, but one of its bytes lies outside the library's checksum.
   */
  private static final int BOARD = 0x87;

  private static final int MOST_DECIMALS = 2;
  private static final double MOST_PPM = 100;

  /** Plausible temperature of a board, °C; outside, the thermistor is broken. */
  private static final double MIN_CELSIUS = -40;

  private static final double MAX_CELSIUS = 85;

  /** Wait between a request and its reply, the longest one in DFRobot's C++ library. */
  private static final Duration REPLY = Duration.ofMillis(25);

  /** Least warm-up (DFRobot wiki); after long storage it is a day, which a driver cannot detect. */
  private static final Duration WARM_UP = Duration.ofMinutes(5);

  /**
   * Limit of an unchanged reply: street air reads 0 always, but the board's temperature, in steps
   * of 0.1 °C, changes.
   */
  private static final Duration FROZEN = Duration.ofMinutes(30);

  private static final Rhythm RHYTHM = Rhythm.everySecond(Duration.ofSeconds(3));

  private final I2cPort port;
  private final Time time;
  private final Gas gas;
  private final MultiGasFrames frames = new MultiGasFrames();
  private final StuckDetector stuck = new StuckDetector(FROZEN);
  private long startTickMs;

  /**
   * Creates a driver of the module at this port and sends nothing yet.
   *
   * @param gas the gas that the cell must be for
   */
  public MultiGas(I2cPort port, Time time, Gas gas) {
    this.port = port;
    this.time = time;
    this.gas = gas;
  }

  /**
   * Sets passive mode, from either mode, and checks that the cell is for the right gas.
   *
   * @throws FrameException if a reply is invalid, or the cell is for another gas
   */
  @Override
  public void start() throws IOException {
    startTickMs = time.tickMs();
    frames.reset();
    stuck.reset();
    setPassive();
    requireGas(gas, ask(MEASURED, 0));
  }

  /**
   * Reads the concentration and the temperature of the board. Until the module's checksum is known,
   * a few reads after the start, there may be no reading.
   *
   * @throws FrameException if the frame is invalid twice, or of another gas; no reading is given
   *     then
   */
  @Override
  public Sample read() throws IOException {
    byte[] reply = readMeasurement();
    requireGas(gas, reply);
    int thermistor = readThermistor();
    long now = time.tickMs();
    if (!frames.proves(reply)) {
      return new Sample(Map.of(), Set.of(Quality.GAS_WARMUP));
    }
    SampleBuilder builder = decode(gas, reply);
    if (thermistor > 0) { // a module without a thermistor sends 0
      builder.put(Quantity.TEMPERATURE, celsius(thermistor), MIN_CELSIUS, MAX_CELSIUS);
    }
    builder.flagIf(now - startTickMs < WARM_UP.toMillis(), Quality.GAS_WARMUP);
    List<Integer> raw = List.of(BigEndian.word(reply, 2), thermistor);
    builder.flagIf(thermistor > 0 && stuck.isStuck(raw, now), Quality.GAS_STUCK);
    return builder.build();
  }

  /**
   * Decodes a reply with a right checksum. Its temperature, bytes 6 and 7, is not used.
   *
   * @throws FrameException if the cell is for another gas, or the frame begins late
   */
  static SampleBuilder decode(Gas gas, byte[] reply) throws FrameException {
    requireGas(gas, reply);
    SampleBuilder builder = new SampleBuilder();
    double ppm = BigEndian.word(reply, 2) / Math.pow(10, reply[5]);
    builder.put(gas.quantity, ppm, 0, MOST_PPM);
    return builder;
  }

  @Override
  public Rhythm rhythm() {
    return RHYTHM;
  }

  private void setPassive() throws IOException {
    byte[] mode = ask(MODE, PASSIVE);
    if (mode[2] != DONE) {
      throw new FrameException(
          "MultiGas: it refuses passive mode: cut its power and start it again");
    }
  }

  /**
   * Reads a measurement. If the frame is invalid, it is probably an unrequested one of the active
   * mode, to which an interrupted supply resets the module; so passive mode is set again and the
   * measurement is read once more.
   */
  private byte[] readMeasurement() throws IOException {
    try {
      return ask(MEASURED, 0);
    } catch (FrameException e) {
      setPassive();
      return ask(MEASURED, 0);
    }
  }

  /** Returns the thermistor's reading; 0 if the module does not give it, or only wrongly. */
  private int readThermistor() throws IOException {
    try {
      byte[] reply = ask(BOARD, 0);
      return frames.proves(reply) ? BigEndian.word(reply, 2) : 0;
    } catch (FrameException e) {
      return 0; // the concentration is valid without the temperature
    }
  }

  private byte[] ask(int command, int argument) throws IOException {
    int[] request = MultiGasFrames.request(command, argument);
    int[] written = new int[1 + request.length];
    written[0] = REGISTER;
    System.arraycopy(request, 0, written, 1, request.length);
    port.write(written);
    time.sleep(REPLY);
    port.write(REGISTER);
    return frames.checked(command, port.read(MultiGasFrames.LENGTH));
  }

  private static void requireGas(Gas gas, byte[] reply) throws FrameException {
    int code = Byte.toUnsignedInt(reply[4]);
    int decimals = Byte.toUnsignedInt(reply[5]);
    if (code != gas.code || decimals > MOST_DECIMALS) {
      throw new FrameException(
          String.format(
              "MultiGas: gas code %02x with %d decimals, where %s has %02x: another module is at"
                  + " this address, or the frame is out of step",
              code, decimals, gas, gas.code));
    }
  }

  /**
   * Returns the board's temperature in °C from its thermistor of 10 kΩ, B 3380 K
   * (DFRobot_MultiGasSensor); outside the plausible range at both ends of the scale.
   *
   * @param ticks of 1024 to 3 V
   */
  static double celsius(int ticks) {
    double ohms = 10_000.0 * ticks / (1024 - ticks);
    return 1 / (1 / 298.15 + Math.log(ohms / 10_000) / 3380.13) - 273.15;
  }
}
