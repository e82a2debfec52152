package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.agent.PartsBench;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.doctor.Finding.Verdict;
import dev.streetbox.driver.GnssState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GnssCheckTest {
  @ParameterizedTest(name = "mode {0}: {1}")
  @CsvSource({
    "0, WARN, 'no fix, 3 of 9 satellites used'",
    "1, WARN, 'no fix, 3 of 9 satellites used'",
    "2, PASS, 'fix in 2D, 3 of 9 satellites used'",
    "3, PASS, 'fix in 3D, 3 of 9 satellites used'"
  })
  void aReceiverIsJudgedByItsFix(int mode, Verdict verdict, String observation) {
    Finding finding = GnssCheck.judge(new GnssState(mode, 3, 9, "/dev/ttyACM0", ""));
    assertEquals(verdict, finding.verdict());
    assertEquals(observation, finding.observation());
  }

  @ParameterizedTest
  @CsvSource({"no receiver", "''"})
  void gpsdWithoutAReceiverFails(String receiver) {
    Finding finding = GnssCheck.judge(new GnssState(3, 3, 9, receiver, ""));
    assertEquals(Verdict.FAIL, finding.verdict());
    assertEquals("gpsd runs and has no receiver", finding.observation());
  }

  @Test
  void theErrorThatGpsdReportedIsQuoted() {
    assertEquals(
        "no fix, 0 of 0 satellites used; gpsd reports: bad device",
        GnssCheck.judge(new GnssState(1, 0, 0, "/dev/ttyACM0", "bad device")).observation());
    assertEquals(
        "gpsd runs and has no receiver; gpsd reports: bad device",
        GnssCheck.judge(new GnssState(0, 0, 0, "no receiver", "bad device")).observation());
  }

  private static GnssState state(String receiver, String noPlace, boolean named, String... others) {
    return new GnssState(3, 3, 9, receiver, "", noPlace, List.of(others), named);
  }

  @Test
  void aFixWithoutAPositionIsAWarningThatSaysWhy() {
    Finding finding = GnssCheck.judge(state("/dev/a", "the receiver repeats one epoch", false));
    assertEquals(Verdict.WARN, finding.verdict());
    assertEquals("no position: the receiver repeats one epoch", finding.observation());
  }

  @Test
  void twoReceiversAreAWarningUntilTheConfigurationNamesOne() {
    Finding finding = GnssCheck.judge(state("/dev/a", "", false, "/dev/b"));
    assertEquals(Verdict.WARN, finding.verdict());
    assertEquals(
        "fix in 3D, 3 of 9 satellites used; gpsd has 2 receivers: /dev/a is used, not /dev/b",
        finding.observation());
    assertEquals("type device = \"/dev/a\" in [gnss]", finding.remedy());
    assertEquals(Verdict.PASS, GnssCheck.judge(state("/dev/a", "", true, "/dev/b")).verdict());
  }

  @Test
  void aNamedReceiverThatGpsdDoesNotHaveFails() {
    Finding finding = GnssCheck.judge(state(GnssState.NO_RECEIVER, "", true, "/dev/b"));
    assertEquals(Verdict.FAIL, finding.verdict());
    assertEquals(
        "gpsd does not have the configured receiver; it has /dev/b", finding.observation());
  }

  @Test
  void aConfigurationWithoutAReceiverIsAWarning(@TempDir Path folder) throws Exception {
    ScriptedTime time = new ScriptedTime();
    try (PartsBench bench =
        new PartsBench(KnownDrivers.simulated("sht4x", folder), time, Optional.empty())) {
      List<Finding> findings = new GnssCheck(bench, time).findings();
      assertEquals(1, findings.size());
      assertEquals(Verdict.WARN, findings.get(0).verdict());
      assertEquals("type source = \"gpsd\" in [gnss]", findings.get(0).remedy());
    }
  }

  @Test
  void aGpsdThatIsNotThereFails(@TempDir Path folder) throws Exception {
    ScriptedTime time = new ScriptedTime();
    String closed = "[gnss]\naddress = \"127.0.0.1:1\"\n";
    try (PartsBench bench =
        new PartsBench(KnownDrivers.wired("sht4x", closed, folder), time, Optional.empty())) {
      Finding finding = new GnssCheck(bench, time).findings().get(0);
      assertEquals(Verdict.FAIL, finding.verdict());
      assertEquals("gpsd is not installed, not started, or listens elsewhere", finding.cause());
    }
  }
}
