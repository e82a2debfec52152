package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import dev.streetbox.bus.BoardTree;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.KnownDrivers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the checks that need no bus, on a file system's root of the test's own. */
class DoctorTest {
  @TempDir private Path root;

  @Test
  void findingsComeInTheOrderInWhichTheChecksWereStarted() throws Exception {
    new BoardTree(root).write("sys/fs/ext4/sda1/errors_count", "0");
    Doctor doctor = new Doctor(root, new SystemTime());
    doctor.checkClock();
    doctor.checkBoard();
    doctor.checkSurroundings(KnownDrivers.simulated("sht4x", root));
    assertEquals(
        List.of("clock", "power", "card", "access", "disk", "disk"),
        doctor.findings().stream().map(Finding::subject).toList());
  }

  /** Opening a FIFO blocks until its other end is opened, as reading a hung disk does. */
  @Test
  void aCheckThatHangsIsAFindingAndTheOthersAreTold() throws Exception {
    Path fifo = root.resolve("sys/fs/ext4/sda1/errors_count");
    Files.createDirectories(fifo.getParent());
    try (ChildProcess mkfifo = ChildProcess.start(root, Program.MKFIFO, fifo.toString())) {
      assertEquals(0, mkfifo.await(30), mkfifo.errors());
    }
    ScriptedTime time = new ScriptedTime();
    Doctor doctor = new Doctor(root, time);
    time.pass(Duration.ofMillis(21_900));
    doctor.checkBoard();
    List<Finding> findings = doctor.findings();
    Files.writeString(fifo, "0\n"); // ends the wait of the abandoned thread
    assertEquals(List.of("power", "card"), findings.stream().map(Finding::subject).toList());
    assertEquals("no answer within 22 s", findings.get(1).observation());
    assertEquals("sudo dmesg | tail; then: sudo reboot", findings.get(1).remedy());
  }

  @Test
  void aDoctorWithoutChecksHasNoFindings() throws Exception {
    assertEquals(List.of(), new Doctor(root, new SystemTime()).findings());
  }
}
