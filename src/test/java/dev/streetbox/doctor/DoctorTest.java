package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.bus.BoardTree;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.KnownDrivers;
import java.nio.file.Path;
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

  @Test
  void aDoctorWithoutChecksHasNoFindings() throws Exception {
    assertEquals(List.of(), new Doctor(root, new SystemTime()).findings());
  }
}
