package dev.streetbox.driver;

import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * DFRobot MultiGas module with an electrochemical cell on I2C, address 0x74 to 0x77: SEN0467 for
 * hydrogen sulphide, SEN0469 for ammonia (DFRobot wiki, and DFRobot_MultiGasSensor 5b08794). Steps
 * of 1 ppm: it sees a waste bin or a sewer, not a street.
 *
 * <p>The concentration is the module's own, with the temperature of its board beside it. The
 * maker's compensation is left out: it is not one, since it multiplies H2S by 667 at 20.1 °C and by
 * 3 at 40, adds half a ppm of NH3 to clean air, and makes 0 of all that is colder or warmer.
 *
 * <p>Passive mode: in the active one, in which a module may be found, its own frames run into the
 * answers. Flags: GAS_WARMUP for 5 minutes; GAS_STUCK. Used by the bus's thread.
 */
public final class MultiGas implements Sensor {
  /** What the cell is for. */
  public enum Gas {
    H2S(0x03, Quantity.H2S),
    NH3(0x02, Quantity.NH3);

    private final int code;
    private final Quantity quantity;

    Gas(int code, Quantity quantity) {
      this.code = code;
      this.quantity = quantity;
    }

    /** The gas of a configuration's key, as {@code h2s}, if there is one. */
    public static Optional<Gas> of(String key) {
      return Arrays.stream(values())
          .filter(gas -> gas.quantity.key().equals(key + "_ppm"))
          .findFirst();
    }
  }

  private static final int REGISTER = 0x00;

  /** Acquisition mode; its argument for passive, and the reply's byte 2 if that was done. */
  private static final int MODE = 0x78;

  private static final int PASSIVE = 0x04;
  private static final int DONE = 0x01;

  /** Concentration, gas, decimals and temperature of the board. */
  private static final int MEASURED = 0x86;

  /** Where in the reply. */
  private static final int THERMISTOR = 6;

  private static final int MOST_DECIMALS = 2;
  private static final double MOST_PPM = 100;

  /** What may be true of a board in a box, °C; beyond, the thermistor is broken. */
  private static final double MIN_CELSIUS = -40;

  private static final double MAX_CELSIUS = 85;

  /** The longest wait of the maker's C++ library, between a request and its reply. */
  private static final Duration REPLY = Duration.ofMillis(25);

  /** At least (DFRobot wiki). After long storage a day, of which a box cannot know. */
  private static final Duration WARM_UP = Duration.ofMinutes(5);

  /** Street air reads 0 for ever; the board's temperature, in steps of 0.1 °C, moves beside it. */
  private static final Duration FROZEN = Duration.ofMinutes(30);

  private static final Rhythm RHYTHM = Rhythm.everySecond(Duration.ofSeconds(3));

  private final I2cPort port;
  private final Time time;
  private final Gas gas;
  private final MultiGasFrames frames = new MultiGasFrames();
  private final StuckDetector stuck = new StuckDetector(FROZEN);
  private long startTickMs;

  /**
   * The module at this port; nothing is sent yet.
   *
   * @param gas what its cell must be for
   */
  public MultiGas(I2cPort port, Time time, Gas gas) {
    this.port = port;
    this.time = time;
    this.gas = gas;
  }

  /**
   * Brings the module to passive mode, from either, and sees that its cell is the right one.
   *
   * @throws FrameException if the answers are none, or the cell is for another gas
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
   * What it measures now.
   *
   * @throws FrameException if the frame is wrong twice, or of another gas; no reading is given then
   */
  @Override
  public Sample read() throws IOException {
    byte[] reply = readMeasurement();
    SampleBuilder builder = decode(gas, reply);
    long now = time.tickMs();
    builder.flagIf(now - startTickMs < WARM_UP.toMillis(), Quality.GAS_WARMUP);
    boolean feelsWarmth = BigEndian.word(reply, THERMISTOR) > 0;
    builder.flagIf(feelsWarmth && stuck.isStuck(ByteBuffer.wrap(reply), now), Quality.GAS_STUCK);
    return builder.build();
  }

  /**
   * What a reply with a right checksum says.
   *
   * @throws FrameException if the cell is for another gas, or the frame is out of step
   */
  static SampleBuilder decode(Gas gas, byte[] reply) throws FrameException {
    requireGas(gas, reply);
    SampleBuilder builder = new SampleBuilder();
    double ppm = BigEndian.word(reply, 2) / Math.pow(10, reply[5]);
    builder.put(gas.quantity, ppm, 0, MOST_PPM);
    int thermistor = BigEndian.word(reply, THERMISTOR);
    if (thermistor > 0) { // a module without one says 0
      builder.put(Quantity.TEMPERATURE, celsius(thermistor), MIN_CELSIUS, MAX_CELSIUS);
    }
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
   * A wrong frame is probably the module's own of the active mode, into which a moment without
   * supply brings it back: the mode is set again, and the reading is not lost.
   */
  private byte[] readMeasurement() throws IOException {
    try {
      return ask(MEASURED, 0);
    } catch (FrameException e) {
      setPassive();
      return ask(MEASURED, 0);
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
   * The board's temperature in °C by its thermistor of 10 kΩ, B 3380 K (DFRobot_MultiGasSensor);
   * not a number at both ends of the scale.
   *
   * @param ticks of 1024 to 3 V
   */
  static double celsius(int ticks) {
    double ohms = 10_000.0 * ticks / (1024 - ticks);
    return 1 / (1 / 298.15 + Math.log(ohms / 10_000) / 3380.13) - 273.15;
  }
}
