package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.PartsBench.Place;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.doctor.Finding.Verdict;
import dev.streetbox.driver.CountedFan;
import dev.streetbox.driver.Sen55;
import dev.streetbox.driver.Sensor;
import dev.streetbox.driver.Sht4x;
import dev.streetbox.driver.Sps30;
import dev.streetbox.simulate.ConnectedParts;
import dev.streetbox.simulate.InjectedFault;
import dev.streetbox.simulate.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the findings about each injected fault of simulated parts. */
class BusCheckTest {
  @TempDir private Path folder;
  private final ScriptedTime time = new ScriptedTime();
  private final Simulation simulation = new Simulation(time, 1, time.systemClock());
  private final List<Place> places = new ArrayList<>();

  @AfterEach
  void shutDown() {
    simulation.close();
  }

  @Test
  void partsThatMeasurePassWithTheirAddresses() throws Exception {
    air(0x44);
    pm();
    assertEquals(
        """
        PASS bus sim: 0x44 SHT4x, 0x69 SPS30
        PASS sensor air: temperature 4.57 °C, humidity 50.16 %
        PASS sensor pm: PM1 11.4 µg/m³, PM2.5 13.9 µg/m³, PM4 16.8 µg/m³, PM10 17.5 µg/m³ (pm_warmup)
        """,
        lines());
    assertEquals(List.of(), simulation.part("sps30").violations());
    assertEquals(List.of(), simulation.part("sht4x").violations());
  }

  @Test
  void aMissingPartFailsWithItsLikelyCause() throws Exception {
    air(0x44);
    pm();
    simulation.part("sps30").unplug();
    Finding finding = findings().get(2);
    assertEquals(Verdict.FAIL, finding.verdict());
    assertEquals("the part is missing, has no power, or SDA and SCL are swapped", finding.cause());
    assertEquals(
        "check VDD, GND, SDA (pin 3), SCL (pin 5); then: streetbox read --raw pm",
        finding.remedy());
  }

  @Test
  void aBusWithoutAnyPartFailsItself() throws Exception {
    air(0x44);
    simulation.part("sht4x").unplug();
    Finding bus = findings().get(0);
    assertEquals(Verdict.FAIL, bus.verdict());
    assertEquals("no part answers", bus.observation());
  }

  @Test
  void aPartAtAnotherAddressIsNamedWithThatAddress() throws Exception {
    ConnectedParts.i2c(simulation, "sht4x", 0x45);
    place("air", "sht4x", 0x44, new Sht4x(at(0x44), time));
    Finding finding = findings().get(1);
    assertEquals("no part at 0x44, but SHT4x at 0x45", finding.observation());
    assertEquals("set address = 0x45 in [[sensor]] air", finding.remedy());
  }

  @Test
  void aWrongPartAtTheAddressIsNamedAndNotStarted() throws Exception {
    place(
        "pm",
        "sen55",
        0x69,
        new Sen55(ConnectedParts.i2c(simulation, "sps30"), time, new CountedFan()));
    Finding finding = findings().get(1);
    assertEquals(Verdict.FAIL, finding.verdict());
    assertEquals("at 0x69 is SPS30, not SEN55", finding.observation());
    assertEquals("set the right driver or address in [[sensor]] pm", finding.remedy());
  }

  @Test
  void aPartThatIsNotConfiguredIsAWarning() throws Exception {
    air(0x44);
    ConnectedParts.i2c(simulation, "sps30");
    Finding bus = findings().get(0);
    assertEquals(Verdict.WARN, bus.verdict());
    assertEquals("0x69 is in no [[sensor]] of this bus", bus.cause());
  }

  @Test
  void wrongChecksumsFailWithTheirLikelyCause() throws Exception {
    air(0x44);
    simulation.part("sht4x").fail(InjectedFault.WRONG_CHECKSUM);
    List<Finding> findings = findings();
    assertEquals("0x44 an unknown part", findings.get(0).observation());
    Finding finding = findings.get(1);
    assertEquals(Verdict.FAIL, finding.verdict());
    assertTrue(finding.observation().contains("noise on the wires"), finding.observation());
  }

  @Test
  void aBusThatHangsIsReportedOnceAndCostsOneTransaction() throws Exception {
    air(0x44);
    pm();
    simulation.part("sps30").hang(Duration.ofSeconds(1));
    List<Finding> findings = findings();
    assertEquals(
        List.of(Verdict.FAIL, Verdict.FAIL, Verdict.FAIL),
        findings.stream().map(Finding::verdict).toList());
    assertTrue(
        findings.get(0).observation().contains("SDA or SCL is held low"),
        findings.get(0).observation());
    assertEquals("not checked: its bus fails", findings.get(1).observation());
    assertTrue(time.tickMs() <= 2_000, "took " + time.tickMs() + " ms");
  }

  @Test
  void aMissingBusFailsWithTheCommandThatEnablesIt() throws Exception {
    air(0x44);
    I2cPort missing =
        new I2cPort() {
          @Override
          public void write(int... bytes) throws IOException {
            throw new BusException("/dev/i2c-1 is missing: enable I2C (dtparam=i2c_arm=on)", 2);
          }

          @Override
          public byte[] read(int count) throws IOException {
            throw new BusException("/dev/i2c-1 is missing: enable I2C (dtparam=i2c_arm=on)", 2);
          }
        };
    Finding bus = new BusCheck("sim", places, address -> missing, time).findings().get(0);
    assertEquals("/dev/i2c-1 is missing: enable I2C (dtparam=i2c_arm=on)", bus.observation());
    assertTrue(bus.remedy().startsWith("sudo raspi-config nonint do_i2c 0"), bus.remedy());
  }

  private void air(int address) throws Exception {
    place(
        "air", "sht4x", address, new Sht4x(ConnectedParts.i2c(simulation, "sht4x", address), time));
  }

  private void pm() throws Exception {
    place(
        "pm",
        "sps30",
        0x69,
        new Sps30(
            ConnectedParts.i2c(simulation, "sps30"), time, Sps30.Format.FLOAT, new CountedFan()));
  }

  private void place(String name, String driver, int address, Sensor sensor) throws Exception {
    String keys = "name = \"%s\"\naddress = 0x%02x\n".formatted(name, address);
    Config config = KnownDrivers.wired(driver, keys, folder);
    places.add(new Place(config.sensors().get(0), sensor));
  }

  private I2cPort at(int address) {
    return simulation.i2c("sim", address);
  }

  private List<Finding> findings() {
    time.pass(Duration.ofSeconds(1)); // the parts were powered before the program started
    return new BusCheck("sim", places, this::at, time).findings();
  }

  private String lines() {
    return findings().stream()
        .map(
            finding ->
                finding.verdict() + " " + finding.subject() + ": " + finding.observation() + "\n")
        .collect(Collectors.joining());
  }
}
