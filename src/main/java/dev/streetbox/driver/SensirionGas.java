package dev.streetbox.driver;

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
 * Implements what an SGP40 and an SGP41 share: the heater, the serial number, the self-test, the
 * compensation by temperature and humidity, and the VOC pixel (datasheets SGP40 v1.2, section 4,
 * and SGP41 v1.0, section 3). Used by the bus's thread.
 */
final class SensirionGas {
  /** Rhythm of one read a second, for which the gas index is specified. */
  static final Rhythm RHYTHM = Rhythm.everySecond(Duration.ofMillis(2_500));

  private static final SensirionCommand SELF_TEST = SensirionCommand.ofMillis(0x280E, 320);
  private static final SensirionCommand HEATER_OFF = SensirionCommand.ofMillis(0x3615, 1);
  private static final SensirionCommand SERIAL = SensirionCommand.ofMillis(0x3682, 1);

  private static final long NO_SERIAL = 0xFFFF_FFFF_FFFFL;

  private final String part;
  private final SensirionPort port;
  private final Supplier<Optional<Sample>> air;
  private final GasIndexState indexState;
  private final GasPixel voc = new GasPixel(Gas.VOC, Quantity.VOC_RAW, Quantity.VOC_INDEX);
  private long serial;

  /**
   * Creates the shared half of a driver of the part at this port and sends nothing yet.
   *
   * @param part the part's name, for messages
   * @param air a fresh sample with the temperature and humidity beside the part, if there is one
   * @param indexState store of the VOC index's learned state over restarts
   */
  SensirionGas(
      String part,
      I2cPort port,
      Time time,
      Supplier<Optional<Sample>> air,
      GasIndexState indexState) {
    this.part = part;
    this.port = new SensirionPort(part, port, time);
    this.air = air;
    this.indexState = indexState;
  }

  /**
   * Brings the part to idle from any state and reads its serial number.
   *
   * @throws FrameException if the serial number is all zeros or ones
   */
  void identify() throws IOException {
    port.send(HEATER_OFF);
    int[] words = port.ask(SERIAL, 3);
    serial = (long) words[0] << 32 | (long) words[1] << 16 | words[2];
    if (serial == 0 || serial == NO_SERIAL) {
      throw new FrameException(
          part + ": its serial is all zeros or ones: a broken part, or another one at its address");
    }
  }

  /** Returns what the part stated at its last start. */
  PartIdentity identity() {
    return PartIdentity.ofSerial(serial, 12);
  }

  /** Runs the self-test, which takes 320 ms, and returns its word. */
  int selfTest() throws IOException {
    return port.ask(SELF_TEST, 1)[0];
  }

  /** Sends a command with the compensation switched off and checks the one word of its answer. */
  void askPlain(SensirionCommand command) throws IOException {
    int[] unused = port.ask(command, 1, HumidityCompensation.NONE);
  }

  /**
   * Sends a command with the compensation for the present air and returns the words of its answer.
   */
  int[] ask(SensirionCommand command, int count) throws IOException {
    return port.ask(command, count, HumidityCompensation.of(air.get()));
  }

  /**
   * Resets the VOC pixel; if it failed its self-test, no reading is given until the next restart.
   */
  void restart(boolean vocFailed) {
    voc.restart(vocFailed);
  }

  /** Adds the VOC signal of one second to a sample, and saves the index's learned state. */
  void takeVoc(int ticks, long nowMs, SampleBuilder builder) {
    if (voc.take(ticks, nowMs, builder)) {
      voc.saveOrRestore(indexState, serial);
    }
  }

  /** Switches the heater off, if the part still answers. */
  void close() {
    port.trySend(HEATER_OFF);
  }
}
