package dev.streetbox.doctor;

import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.SensirionCommand;
import dev.streetbox.driver.SensirionPort;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The parts that a box may have on I2C, where each may sit, and the question by which it tells who
 * it is. Every question only sets a register pointer or asks for a serial number, a name or a
 * status: also another part at the address, which takes it for something else, measures on as
 * before. So a MultiGas, which would have to be sent a frame of nine bytes, is not asked.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, and the questions have no state
enum KnownPart {
  PMSA003I("PMSA003I", List.of("pmsa003i"), List.of(0x12), KnownPart::plantower),
  SHT4X("SHT4x", List.of("sht4x"), List.of(0x44, 0x45, 0x46), KnownPart::sht4x),
  SHT3X(
      "SHT3x", List.of("sht3x"), List.of(0x44, 0x45), (port, time) -> words(port, time, 0xF32D, 1)),
  ADS1115(
      "ADS1115 or ADS1015",
      List.of("sen0232", "mics6814"),
      List.of(0x48, 0x49, 0x4A, 0x4B),
      KnownPart::ads1115),
  PCB_ARTISTS(
      "PCB Artists decibel module", List.of("pcbartists"), List.of(0x48), KnownPart::decibel),
  DNMS("DNMS", List.of("dnms"), List.of(0x55), (port, time) -> text(port, time, 0x0002, 9, "DNMS")),
  SGP4X(
      "SGP40 or SGP41",
      List.of("sgp41", "sgp40"),
      List.of(0x59),
      (port, time) -> words(port, time, 0x3682, 3)),
  SPS30(
      "SPS30",
      List.of("sps30"),
      List.of(0x69),
      (port, time) -> text(port, time, 0xD002, 4, "0008")),
  SEN5X(
      "SEN5x",
      List.of("sen55"),
      List.of(0x69),
      (port, time) -> text(port, time, 0xD014, 16, "SEN5")),
  BME280("BME280", List.of("bme280"), List.of(0x76, 0x77), (port, time) -> id(port, 0x60)),
  BMP280("BMP280", List.of(), List.of(0x76, 0x77), (port, time) -> id(port, 0x58)),
  BME688("BME680 or BME688", List.of(), List.of(0x76, 0x77), (port, time) -> id(port, 0x61));

  /** What is asked of a part. */
  private interface Question {
    /**
     * Whether the part is the one.
     *
     * @throws IOException if nobody answers, or another part does
     */
    boolean ask(I2cPort port, Time time) throws IOException;
  }

  /** How long every part here needs for the answer to a read-only command. */
  private static final Duration ANSWER = Duration.ofMillis(50);

  private final String label;
  private final List<String> drivers;
  private final List<Integer> addresses;
  private final Question question;

  KnownPart(String label, List<String> drivers, List<Integer> addresses, Question question) {
    this.label = label;
    this.drivers = drivers;
    this.addresses = addresses;
    this.question = question;
  }

  /** Its name for people. */
  String label() {
    return label;
  }

  /** Whether that driver drives it, itself or through it as a converter. */
  boolean fits(String driver) {
    return drivers.contains(driver);
  }

  /** Whether it answers at this port. */
  boolean answers(I2cPort port, Time time) throws IOException {
    return question.ask(port, time);
  }

  /** The parts that may sit at an address. */
  static List<KnownPart> at(int address) {
    return Arrays.stream(values()).filter(part -> part.addresses.contains(address)).toList();
  }

  /** The address of a driver's part where the configuration leaves it open; −1 if unknown here. */
  static int usualAddress(String driver) {
    return Stream.of(values())
        .filter(part -> part.fits(driver))
        .mapToInt(part -> part.addresses.get(0))
        .findFirst()
        .orElse(-1);
  }

  private static boolean words(I2cPort port, Time time, int code, int count) throws IOException {
    return ask(port, time, code, count).length == count;
  }

  private static int[] ask(I2cPort port, Time time, int code, int count) throws IOException {
    return new SensirionPort("part", port, time).ask(new SensirionCommand(code, ANSWER), count);
  }

  private static boolean text(I2cPort port, Time time, int code, int count, String begin)
      throws IOException {
    return SensirionPort.text(ask(port, time, code, count)).startsWith(begin);
  }

  /** SERIAL, one byte (SHT4x datasheet v6.1, 4.5): two words with their checksums. */
  private static boolean sht4x(I2cPort port, Time time) throws IOException {
    port.write(0x89);
    time.sleep(Duration.ofMillis(10));
    byte[] bytes = port.read(6);
    return SensirionPort.isSound(bytes, 0) && SensirionPort.isSound(bytes, 3);
  }

  /** A frame can be read at any time (Plantower PMSA003I manual V2.6, appendix II). */
  private static boolean plantower(I2cPort port, Time time) throws IOException {
    byte[] frame = port.read(2);
    return frame[0] == 0x42 && frame[1] == 0x4D;
  }

  /** The thresholds, which no driver here changes (SBAS444D, table 9): 8000 and 7FFF. */
  private static boolean ads1115(I2cPort port, Time time) throws IOException {
    port.write(2);
    byte[] low = port.read(2);
    port.write(3);
    byte[] high = port.read(2);
    return low[0] == (byte) 0x80 && low[1] == 0 && high[0] == 0x7F && (high[1] & 0xF0) == 0xF0;
  }

  /** The version register: 31, 32 or 81. */
  private static boolean decibel(I2cPort port, Time time) throws IOException {
    port.write(0);
    byte version = port.read(1)[0];
    return version == 0x31 || version == 0x32 || version == (byte) 0x81;
  }

  /** The id register of Bosch's parts, D0. */
  private static boolean id(I2cPort port, int expected) throws IOException {
    port.write(0xD0);
    return port.read(1)[0] == expected;
  }
}
