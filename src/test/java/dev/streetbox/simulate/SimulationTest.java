package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.bus.SerialPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests a whole simulated box through the ports that drivers use. */
class SimulationTest {
  private static final String SERIAL = "0d2047610111";

  private final ScriptedTime time = new ScriptedTime();
  private final Simulation simulation =
      new Simulation(time, 1, Instant.parse("2026-11-23T17:30:00Z"));

  @AfterEach
  void close() {
    simulation.close();
  }

  @Test
  void everyConnectedPartAnswersOnOneBus() throws IOException {
    I2cPort sps = ConnectedParts.i2c(simulation, "sps30");
    I2cPort sht = ConnectedParts.i2c(simulation, "sht4x");
    I2cPort sgp = ConnectedParts.i2c(simulation, "sgp41");
    I2cPort adc = ConnectedParts.i2c(simulation, "sen0232");
    pass(1);
    sps.write(0xd0, 0x02);
    assertEquals("3030f630384f3030f63030f6", hex(sps.read(12)));
    assertEquals(SERIAL, serial(sht));
    sgp.write(0x36, 0x82);
    pass(1);
    assertEquals(9, sgp.read(9).length);
    adc.write(0x01);
    assertEquals("8583", hex(adc.read(2)));
    try (SerialPort pms = ConnectedParts.uart(simulation, "pms5003")) {
      pms.open();
      assertTrue(pms.read(new byte[32], Duration.ofSeconds(3)) > 0);
    }
  }

  @Test
  void theMetersVoltageIsTheRidesLevel() throws IOException {
    I2cPort adc = ConnectedParts.i2c(simulation, "sen0232");
    pass(60_000);
    adc.write(0x01, 0xc3, 0x83); // AIN0, ±4.096 V
    pass(9);
    adc.write(0x00);
    double dba = ByteBuffer.wrap(adc.read(2)).getShort() * 125e-6 * 50;
    assertEquals(simulation.ride().at(time.tickMs()).levelDba(), dba, 4);
  }

  @Test
  void theErrorOfAPartThatIsNotConnectedListsTheConnectedOnes() {
    ConnectedParts.uart(simulation, "pms5003");
    String message =
        assertThrows(IllegalArgumentException.class, () -> simulation.part("sen44")).getMessage();
    assertEquals("no simulated part 'sen44' here; connected: gnss, gpsd, pms5003", message);
    assertThrows(IllegalArgumentException.class, () -> simulation.uart("/dev/ttyS0", 9_600));
    assertThrows(IllegalArgumentException.class, () -> simulation.audio("hw:0,0"));
    assertThrows(
        IllegalArgumentException.class, () -> ConnectedParts.i2c(simulation, "sht4x", 0x02));
  }

  @Test
  void twoPartsAtOneAddressAreRefused() {
    ConnectedParts.i2c(simulation, "sht4x", 0x44);
    ConnectedParts.i2c(simulation, "sht4x", 0x45);
    assertThrows(
        IllegalArgumentException.class, () -> ConnectedParts.i2c(simulation, "sgp41", 0x44));
  }

  @Test
  void anUnpluggedPartDoesNotAnswerAndPowersUpWhenPluggedIn() throws IOException {
    I2cPort sht = sht();
    sht.write(0xfd);
    pass(10);
    simulation.part("sht4x").unplug();
    BusException error = assertThrows(BusException.class, () -> sht.read(6));
    assertTrue(error.isNack());
    simulation.part("sht4x").plug();
    assertThrows(BusException.class, () -> sht.write(0x89)); // too early: it needs 1 ms
    pass(1);
    assertThrows(BusException.class, () -> sht.read(6)); // the reading is lost
    assertEquals(SERIAL, serial(sht));
  }

  @Test
  void aHungPartBlocksTheWholeBusUntilItIsUnpluggedOrHealed() throws IOException {
    I2cPort sht = sht();
    ConnectedParts.i2c(simulation, "sps30");
    simulation.part("sps30").hang(Duration.ofSeconds(4));
    long beforeMs = time.tickMs();
    BusException error = assertThrows(BusException.class, () -> sht.write(0x89));
    assertFalse(error.isNack());
    assertEquals(110, error.errno());
    assertEquals(List.of(Duration.ofSeconds(4)), time.slept());
    assertEquals(beforeMs + 4_000, time.tickMs());
    simulation.part("sps30").unplug(); // unplugging the part frees the bus
    assertEquals(SERIAL, serial(sht));
    simulation.part("sps30").plug();
    simulation.part("sps30").fail(InjectedFault.BUS_HANG);
    assertThrows(BusException.class, () -> sht.write(0x89));
    simulation.part("sps30").heal();
    assertEquals(SERIAL, serial(sht));
  }

  @Test
  void aDataLineThatIsHeldLowOrNotDrivenReadsAsZerosOrOnes() throws IOException {
    I2cPort sht = sht();
    simulation.part("sht4x").fail(InjectedFault.ALL_ZEROS);
    assertEquals("00".repeat(6), serial(sht));
    simulation.part("sht4x").heal();
    simulation.part("sht4x").fail(InjectedFault.ALL_ONES);
    assertEquals("ff".repeat(6), serial(sht));
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    assertEquals(someBytes(5), someBytes(5));
    assertFalse(someBytes(5).equals(someBytes(6)));
  }

  /** Checks that register accesses of Pi4J are the same bytes at the part. */
  @Test
  void registersOfPi4jAreWritesAndReads() {
    SimI2cBus bus = new SimI2cBus(time);
    bus.attach(
        0x48, new SimulatedPart(), new Ads1115Chip(time, Ads1115Chip.Model.ADS1115), Duration.ZERO);
    Context context = Pi4J.newContextBuilder().add(new SimI2cProvider(bus)).build();
    try {
      I2C adc = context.create(I2C.newConfigBuilder(context).id("adc").bus(1).device(0x48).build());
      byte[] two = new byte[4];
      assertEquals(2, adc.readRegister(1, two, 1, 2));
      assertArrayEquals(new byte[] {0, (byte) 0x85, (byte) 0x83, 0}, two);
      assertEquals(2, adc.writeRegister(2, new byte[] {9, 0x12, 0x34}, 1, 2));
      assertEquals(0x12, adc.readRegister(2));
      assertEquals(2, adc.readRegister(new byte[] {2}, two, 0, 2));
      assertArrayEquals(new byte[] {0x12, 0x34, (byte) 0x83, 0}, two);
      assertEquals(1, adc.write((byte) 3));
      assertEquals(0x7f, adc.read());
    } finally {
      context.shutdown();
    }
  }

  private static String someBytes(long seed) throws IOException {
    ScriptedTime time = new ScriptedTime();
    try (Simulation simulation = new Simulation(time, seed, Instant.EPOCH);
        SerialPort pms = ConnectedParts.uart(simulation, "pms5003")) {
      pms.open();
      StringBuilder all = new StringBuilder();
      byte[] some = new byte[64];
      while (time.tickMs() < 20_000) {
        int count = pms.read(some, Duration.ofSeconds(1));
        all.append(HexFormat.of().formatHex(some, 0, count)).append(' ');
      }
      return all.toString();
    }
  }

  private I2cPort sht() {
    I2cPort sht = ConnectedParts.i2c(simulation, "sht4x");
    pass(1);
    return sht;
  }

  private String serial(I2cPort sht) throws IOException {
    sht.write(0x89);
    pass(1);
    return hex(sht.read(6));
  }

  private void pass(long ms) {
    time.pass(Duration.ofMillis(ms));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
