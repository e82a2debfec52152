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

/** Each failure of the simulated parts, as a technician is told of it. */
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
  void partsThatMeasureAreToldWithWhereTheySit() throws Exception {
    air(0x44);
    pm();
    assertEquals(
        """
        PASS bus sim: 0x44 SHT4x, 0x69 SPS30
        PASS sensor air: temp_c 4.57, rh_pct 50.16
        PASS sensor pm: pm1_ugm3 11.4, pm25_ugm3 13.9, pm4_ugm3 16.8, pm10_ugm3 17.5 (pm_warmup)
        """,
        told());
    assertEquals(List.of(), simulation.part("sps30").violations());
    assertEquals(List.of(), simulation.part("sht4x").violations());
  }

  @Test
  void aPartThatIsNotThereIsMissed() throws Exception {
    air(0x44);
    pm();
    simulation.part("sps30").unplug();
    Finding finding = findings().get(2);
    assertEquals(Verdict.FAIL, finding.verdict());
    assertEquals("the part is missing, has no power, or SDA and SCL are swapped", finding.cause());
    assertEquals(
        "check VDD, GND, SDA (pin 3), SCL (pin 5); then: streetbox read --raw pm", finding.cure());
  }

  @Test
  void nobodyOnTheWholeBusIsAnotherTrouble() throws Exception {
    air(0x44);
    simulation.part("sht4x").unplug();
    Finding bus = findings().get(0);
    assertEquals(Verdict.FAIL, bus.verdict());
    assertEquals("nobody answers", bus.saw());
  }

  @Test
  void aPartAtAnotherAddressIsFoundThere() throws Exception {
    ConnectedParts.i2c(simulation, "sht4x", 0x45);
    place("air", "sht4x", 0x44, new Sht4x(at(0x44), time));
    Finding finding = findings().get(1);
    assertEquals("nobody at 0x44, but SHT4x at 0x45", finding.saw());
    assertEquals("address = 0x45 in [[sensor]] air", finding.cure());
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
    assertEquals("at 0x69 is SPS30, not SEN55", finding.saw());
    assertEquals("the right driver or address in [[sensor]] pm", finding.cure());
  }

  @Test
  void aPartThatNobodyConfiguredIsPointedAt() throws Exception {
    air(0x44);
    ConnectedParts.i2c(simulation, "sps30");
    Finding bus = findings().get(0);
    assertEquals(Verdict.WARN, bus.verdict());
    assertEquals("0x69 is in no [[sensor]] of this bus", bus.cause());
  }

  @Test
  void wrongChecksumsAreToldWithTheirLikelyCause() throws Exception {
    air(0x44);
    simulation.part("sht4x").fail(InjectedFault.WRONG_CHECKSUM);
    List<Finding> findings = findings();
    assertEquals("0x44 an unknown part", findings.get(0).saw());
    Finding finding = findings.get(1);
    assertEquals(Verdict.FAIL, finding.verdict());
    assertTrue(finding.saw().contains("noise on the wires"), finding.saw());
  }

  @Test
  void aBusThatHangsIsSaidOnceAndCostsOneTransaction() throws Exception {
    air(0x44);
    pm();
    simulation.part("sps30").hang(Duration.ofSeconds(1));
    List<Finding> findings = findings();
    assertEquals(
        List.of(Verdict.FAIL, Verdict.FAIL, Verdict.FAIL),
        findings.stream().map(Finding::verdict).toList());
    assertTrue(findings.get(0).saw().contains("SDA or SCL is held low"), findings.get(0).saw());
    assertEquals("not asked: its bus fails", findings.get(1).saw());
    assertTrue(time.tickMs() <= 2_000, "took " + time.tickMs() + " ms");
  }

  @Test
  void aBusThatIsMissingNamesTheSwitch() throws Exception {
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
    assertEquals("/dev/i2c-1 is missing: enable I2C (dtparam=i2c_arm=on)", bus.saw());
    assertTrue(bus.cure().startsWith("sudo raspi-config nonint do_i2c 0"), bus.cure());
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
    time.pass(Duration.ofSeconds(1)); // power came before the program
    return new BusCheck("sim", places, this::at, time).findings();
  }

  private String told() {
    return findings().stream()
        .map(finding -> finding.verdict() + " " + finding.about() + ": " + finding.saw() + "\n")
        .collect(Collectors.joining());
  }
}
