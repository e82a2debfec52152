package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Pi4jBus;
import dev.streetbox.bus.ScriptedTime;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Function;
import org.junit.jupiter.api.function.Executable;

/** Connects one simulated chip to the real Pi4J bus, in air that a test chooses. */
final class Bench implements AutoCloseable {
  private static final int ADDRESS = 0x40;

  final ScriptedTime time = new ScriptedTime();
  final SimulatedPart part = new SimulatedPart();
  final Chip chip;
  private final Pi4jBus bus;
  private final I2cPort port;
  private GroundTruth truth = air(new GroundTruth.Air(20, 10, 0, 0, 20, 50));

  Bench(Function<Bench, Chip> make) {
    SimI2cBus i2cBus = new SimI2cBus(time);
    chip = make.apply(this);
    i2cBus.attach(ADDRESS, part, chip, Duration.ZERO);
    bus = new Pi4jBus(1, () -> new SimI2cProvider(i2cBus));
    port = bus.port(ADDRESS);
  }

  /** Returns the truth that the test chose, at any tick. */
  GroundTruth at(long tickMs) {
    return truth;
  }

  void breathe(GroundTruth.Air air) {
    truth = air(air);
  }

  void write(String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    int[] values = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = Byte.toUnsignedInt(bytes[i]);
    }
    port.write(values);
  }

  String read(int count) throws IOException {
    return HexFormat.of().formatHex(port.read(count));
  }

  /** Writes, waits and reads, as a driver does. */
  String ask(String hex, long waitMs, int count) throws IOException {
    write(hex);
    pass(waitMs);
    return read(count);
  }

  void pass(long ms) {
    time.pass(Duration.ofMillis(ms));
  }

  @Override
  public void close() {
    bus.close();
  }

  static void assertNack(Executable action) {
    assertTrue(assertThrows(BusException.class, action).isNack());
  }

  /** Returns the unsigned word of an index in an answer whose words have a checksum each. */
  static int word(String answer, int index) {
    return HexFormat.fromHexDigits(answer, 6 * index, 6 * index + 4);
  }

  static GroundTruth air(GroundTruth.Air air) {
    return new GroundTruth(new GroundTruth.Place(40.07, 116.3265, 43, 5, 90, 4, true), air, 60);
  }
}
