package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.Config;
import dev.streetbox.bus.BoardTree;
import dev.streetbox.bus.KernelFiles;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.datadir.BoxIds;
import dev.streetbox.doctor.Finding.Verdict;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.Committer;
import dev.streetbox.outbox.Outbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the findings about the clock, the disk, permissions and certificates. */
class SurroundingsTest {
  @TempDir private Path root;

  @ParameterizedTest(name = "{0} MB free of {1}: {2}")
  @CsvSource({"99, 50, FAIL", "100, 50, PASS", "1999, 2000, WARN", "2000, 2000, PASS"})
  void theFreeSpaceOfTheDiskIsJudged(long freeMb, long limitMb, Verdict verdict) {
    Finding finding =
        DiskCheck.judgeSpace(Path.of("/data"), freeMb * 1_000_000, limitMb * 1_000_000);
    assertEquals(verdict, finding.verdict());
    assertTrue(
        finding.observation().startsWith(freeMb + " MB free for /data"), finding.observation());
  }

  @Test
  void blocksBelowAPageAreAWarning() {
    assertTrue(DiskCheck.judgeBlocks(Path.of("/data"), 4096).isEmpty());
    Finding finding = DiskCheck.judgeBlocks(Path.of("/data"), 1024).orElseThrow();
    assertEquals(Verdict.WARN, finding.verdict());
    assertEquals("/data has blocks of 1024 bytes, less than 4096", finding.observation());
  }

  @Test
  void unsentRowsOfAnotherIdAreCountedWithTheTwoWaysOut() throws Exception {
    Config config = KnownDrivers.simulated("sht4x", root);
    assertEquals(List.of(), new OtherIdsCheck(config, root).findings());
    Outbox outbox = new Outbox(1, config.store().dataDir());
    outbox.append(new Anchor(1, 0, 0, TimeSource.NTP, 50));
    outbox.append(new Row(1, 1, 1000, Sample.of(Map.of())));
    new Committer(config.store(), outbox, new ScriptedTime(), new Faults()).close();
    assertEquals(List.of(), new OtherIdsCheck(config, root).findings());
    BoxIds before = BoxIds.of(config.store().dataDir(), "sb-before");
    before.begin(1);
    before.store();
    Finding finding = new OtherIdsCheck(config, root).findings().get(0);
    assertEquals(Verdict.WARN, finding.verdict());
    assertEquals("1 unsent rows were measured under the id sb-before", finding.observation());
  }

  @Test
  void aDataFolderOfAnotherBoardIsAWarningAndItsUnsentRowsAreCounted() throws Exception {
    Config config = KnownDrivers.simulated("sht4x", root);
    Outbox outbox = new Outbox(1, config.store().dataDir());
    outbox.append(new Anchor(1, 0, 0, TimeSource.NTP, 50));
    outbox.append(new Row(1, 1, 1000, Sample.of(Map.of())));
    new Committer(config.store(), outbox, new ScriptedTime(), new Faults()).close();
    BoxIds before = BoxIds.boards(config.store().dataDir(), "10000000aaaabbbb");
    before.begin(1);
    before.store();
    new BoardTree(root).write("etc/machine-id", "10000000aaaabbbb\n");
    assertEquals(List.of(), new OtherIdsCheck(config, root).findings());
    Files.writeString(root.resolve("etc/machine-id"), "20000000ccccdddd\n");
    assertEquals(
        List.of(
            "the data folder was last used on another board, serial number 10000000aaaabbbb",
            "1 unsent rows were measured on another board, serial number 10000000aaaabbbb"),
        new OtherIdsCheck(config, root).findings().stream().map(Finding::observation).toList());
  }

  @Test
  void theDiskOfThisMachineIsChecked() throws Exception {
    Config config = KnownDrivers.simulated("sht4x", root);
    Finding finding = new DiskCheck(config.store(), config.runDir()).findings().get(0);
    assertTrue(
        finding.observation().contains(" MB free for " + config.store().dataDir()),
        finding.observation());
    Files.delete(config.store().dataDir());
    assertEquals(
        "there is no " + config.store().dataDir(),
        new DiskCheck(config.store(), config.runDir()).findings().get(0).observation());
  }

  @ParameterizedTest(name = "read-only {0}, {1} kB free: {2}")
  @CsvSource({"false, 999, FAIL", "false, 1000, PASS", "true, 1000, FAIL"})
  void theFileSystemOfTheRunFolderIsJudged(boolean isReadOnly, long freeKb, Verdict verdict) {
    Finding finding = DiskCheck.judgeState(Path.of("/run/x"), isReadOnly, freeKb * 1_000);
    assertEquals(verdict, finding.verdict());
    assertTrue(finding.observation().contains("/run/x"), finding.observation());
  }

  @Test
  void theFileSystemOfTheRunFolderIsCheckedBeforeTheFolderIsMade() throws Exception {
    Config config = KnownDrivers.simulated("sht4x", root);
    List<Finding> findings = new DiskCheck(config.store(), root.resolve("no/run")).findings();
    String observation = findings.get(findings.size() - 1).observation();
    assertTrue(observation.matches("[0-9]+ kB free for " + root.resolve("no/run")), observation);
  }

  @Test
  void aClockKeptByNtpPasses() throws Exception {
    BoardTree board = new BoardTree(root).write("run/systemd/timesync/synchronized", "");
    assertEquals(
        Verdict.PASS,
        new ClockCheck(board.kernelFiles(), new SystemTime()).findings().get(0).verdict());
  }

  @Test
  void aClockWithoutNtpIsAWarning() {
    Finding finding = new ClockCheck(new KernelFiles(root), new SystemTime()).findings().get(0);
    assertEquals(Verdict.WARN, finding.verdict());
  }

  @Test
  void aClockBeforeTheBuildFails() {
    ScriptedTime time = new ScriptedTime(Instant.parse("1970-01-01T00:01:00Z"));
    Finding finding = new ClockCheck(new KernelFiles(root), time).findings().get(0);
    assertEquals(Verdict.FAIL, finding.verdict());
    assertEquals(
        "1970-01-01T00:01:00Z, which is before this program was built", finding.observation());
  }

  @ParameterizedTest(name = "until {0}: {1}")
  @CsvSource({
    "2027-01-01T00:00:00Z, PASS, in 36 days",
    "2026-12-25T23:00:00Z, WARN, in 29 days",
    "2026-11-25T00:00:00Z, FAIL, in -1 days"
  })
  void theDaysToACertificatesEndAreJudged(Instant end, Verdict verdict, String words) {
    Finding finding =
        BrokerCheck.judgeCertificate("the broker's", end, Instant.parse("2026-11-26T00:00:00Z"));
    assertEquals(verdict, finding.verdict());
    assertTrue(finding.observation().endsWith(words), finding.observation());
  }

  @Test
  void aDeviceThatThisUserMayUsePasses() throws Exception {
    BoardTree board = new BoardTree(root).write("dev/i2c-1", "");
    Config config = KnownDrivers.wired("sht4x", "", root);
    assertEquals(
        List.of(Finding.pass("access", "user pi may use /dev/i2c-1")),
        new AccessCheck(config, board.kernelFiles(), "pi").findings());
  }

  @Test
  void aSecretThatAllUsersMayReadIsAWarning() throws Exception {
    Path password = Files.writeString(root.resolve("password"), "secret\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
    Config config =
        KnownDrivers.wired("sht4x", "[mqtt]\npassword_file = \"" + password + "\"\n", root);
    Finding finding = new AccessCheck(config, new KernelFiles(root), "pi").findings().get(1);
    assertEquals(Verdict.WARN, finding.verdict());
    assertEquals("sudo chmod o= " + password, finding.remedy());
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r-----"));
    assertEquals(1, new AccessCheck(config, new KernelFiles(root), "pi").findings().size());
  }
}
