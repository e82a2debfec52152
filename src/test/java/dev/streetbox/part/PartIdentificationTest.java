package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.ScriptedI2c;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.CountedFan;
import dev.streetbox.driver.Sensor;
import dev.streetbox.simulate.ConnectedParts;
import dev.streetbox.simulate.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the request and the accepted answer of each identification. */
class PartIdentificationTest {
  private static final Duration SENSIRION_WAIT = Duration.ofMillis(50);

  private final ScriptedTime time = new ScriptedTime();

  /** Returns a name for each I2C part, as {@link ConnectedParts#settings} takes it. */
  static List<String> connectable() {
    List<String> kinds = new ArrayList<>();
    for (CatalogueEntry part : Catalogue.entries()) {
      if (!part.wiring().addresses().isEmpty()) {
        String gas = part.gases().keySet().stream().findFirst().map(key -> "-" + key).orElse("");
        kinds.add(part.key() + gas);
      }
    }
    return kinds;
  }

  /** Checks each register and value of the datasheets; the last answer is that of another part. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "BME280,                    76, d0, 60, 58",
    "BMP280,                    76, d0, 58, 60",
    "BME680 or BME688,          77, d0, 61, 60",
    "PCB Artists decibel module, 48, 00, 31, 80",
    "PCB Artists decibel module, 48, 00, 32, 30",
    "PCB Artists decibel module, 48, 00, 81, ff"
  })
  void aRegisterIsReadAndCompared(
      String label, String address, String register, String right, String wrong)
      throws IOException {
    PartIdentification identification = at(Integer.parseInt(address, 16), label);
    assertTrue(identification.matches(script().write(register).read(right), time));
    assertFalse(identification.matches(script().write(register).read(wrong), time));
  }

  /** Checks commands and answers of Sensirion's datasheets, each word with its CRC-8. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "SPS30,          69, d002, 3030f630384f3030f63030f6, 3030f63035033030f63030f6",
    "SGP40 or SGP41, 59, 3682, 000081000081000081,       ''",
    "SHT3x,          44, f32d, 8010e1,                   ''"
  })
  void wordsAreReadAfterFiftyMilliseconds(
      String label, String address, String command, String right, String wrong) throws IOException {
    PartIdentification identification = at(Integer.parseInt(address, 16), label);
    assertTrue(identification.matches(answering(command, right), time));
    if (!wrong.isEmpty()) {
      ScriptedTime later = new ScriptedTime();
      I2cPort other = new ScriptedI2c(later).write(command).waits(SENSIRION_WAIT).read(wrong);
      assertFalse(identification.matches(other, later));
    }
  }

  @Test
  void aWrongChecksumIsAFrameErrorAndNoMatch() {
    PartIdentification sht3x = at(0x44, "SHT3x");
    assertThrows(FrameException.class, () -> sht3x.matches(answering("f32d", "8010e2"), time));
  }

  @Test
  void anSht4xIsRecognisedByTwoRightChecksums() throws IOException {
    PartIdentification sht4x = at(0x44, "SHT4x");
    assertTrue(sht4x.matches(sht4x("0d2047610111"), new ScriptedTime()));
    assertFalse(sht4x.matches(sht4x("0d2048610111"), new ScriptedTime()));
    assertFalse(sht4x.matches(sht4x("0d2047610112"), new ScriptedTime()));
  }

  @Test
  void aPmsa003iIsRecognisedByTheBeginningOfAFrameWithoutAWrite() throws IOException {
    PartIdentification pmsa003i = at(0x12, "PMSA003I");
    assertTrue(pmsa003i.matches(script().read("424d"), time));
    assertFalse(pmsa003i.matches(script().read("4d42"), time));
    assertFalse(pmsa003i.matches(script().read("ffff"), time));
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 7fff, true",
    "8000, 7ff0, true",
    "8001, 7fff, false",
    "0000, 7fff, false",
    "8000, 7eff, false",
    "8000, 7f0f, false"
  })
  void aConverterIsRecognisedByItsDefaultThresholds(String low, String high, boolean expected)
      throws IOException {
    PartIdentification converter = at(0x4A, "ADS1115 or ADS1015");
    I2cPort port = script().write("02").read(low).write("03").read(high);
    assertEquals(expected, converter.matches(port, time));
  }

  @Test
  void aMissingPartIsANack() {
    BusException error =
        assertThrows(
            BusException.class, () -> at(0x76, "BME280").matches(script().writeNack("d0"), time));
    assertTrue(error.isNack());
  }

  @ParameterizedTest
  @MethodSource("connectable")
  void aSimulatedPartIsRecognisedAsItselfOnly(String kind) throws IOException {
    try (Simulation simulation = new Simulation(time, 1, Instant.EPOCH)) {
      I2cPort port = ConnectedParts.i2c(simulation, kind);
      time.pass(Duration.ofSeconds(5));
      SensorSettings settings = ConnectedParts.settings(kind);
      int address = settings.place().i2cAddress().orElseThrow();
      List<String> expected =
          settings.part().wiring().identification().stream()
              .map(PartIdentification::label)
              .toList();
      assertEquals(expected, matchingLabels(port, Catalogue.identificationsAt(address)));
    }
  }

  /** Records the writes and answers zeros. */
  private static final class RecordingPort implements I2cPort {
    private final List<Integer> lengths = new ArrayList<>();

    @Override
    public void write(int... bytes) {
      lengths.add(bytes.length);
    }

    @Override
    public byte[] read(int count) {
      return new byte[count];
    }
  }

  /** A longer write could set a register or carry arguments. */
  @Test
  void everyRequestIsARegisterOrACommandWithoutArguments() {
    for (int address = 0x08; address <= 0x77; address++) {
      for (PartIdentification identification : Catalogue.identificationsAt(address)) {
        RecordingPort port = new RecordingPort();
        assertEquals(List.of(), matchingLabels(port, List.of(identification)));
        port.lengths.forEach(
            length -> assertTrue(length >= 1 && length <= 2, identification.label()));
      }
    }
  }

  /** Checks the claim that no request changes a part that is another than the asked one. */
  @ParameterizedTest
  @MethodSource("connectable")
  void theDriverStartsAndReadsAfterAllIdentificationsOfItsAddress(String kind) throws IOException {
    try (Simulation simulation = new Simulation(time, 1, Instant.EPOCH)) {
      I2cPort port = ConnectedParts.i2c(simulation, kind);
      SensorSettings settings = ConnectedParts.settings(kind);
      DriverContext context =
          new DriverContext(
              time,
              settings.driverSettings(),
              Optional::empty,
              NoGasIndexState::new,
              CountedFan::new);
      Sensor sensor = settings.driver(new PartPorts(simulation, time), context);
      time.pass(Duration.ofSeconds(5));
      sensor.start();
      matchingLabels(port, Catalogue.identificationsAt(settings.place().i2cAddress().orElse(0)));
      boolean measured = false;
      for (int second = 0; second < 30; second++) {
        time.pass(Duration.ofSeconds(1));
        measured |= !sensor.read().readings().isEmpty();
      }
      assertTrue(measured, kind);
    }
  }

  private List<String> matchingLabels(I2cPort port, List<PartIdentification> identifications) {
    List<String> labels = new ArrayList<>();
    for (PartIdentification identification : identifications) {
      try {
        if (identification.matches(port, time)) {
          labels.add(identification.label());
        }
      } catch (IOException e) {
        // Another part answers differently, which is no match.
      }
      time.pass(Duration.ofMillis(100));
    }
    return labels;
  }

  private static PartIdentification at(int address, String label) {
    return Catalogue.identificationsAt(address).stream()
        .filter(identification -> identification.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private ScriptedI2c script() {
    return new ScriptedI2c(time);
  }

  private I2cPort answering(String command, String answer) {
    return script().write(command).waits(SENSIRION_WAIT).read(answer);
  }

  private I2cPort sht4x(String serial) {
    return script().write("89").read(serial);
  }
}
