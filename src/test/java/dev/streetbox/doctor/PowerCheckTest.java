package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BoardTree;
import dev.streetbox.doctor.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uses the bits that Raspberry Pi's documentation of vcgencmd get_throttled lists. */
class PowerCheckTest {
  private static final String FIRMWARE = "sys/devices/platform/soc/soc:firmware/get_throttled";
  private static final String ZONE = "sys/class/thermal/thermal_zone0/temp";

  @TempDir private Path root;
  private BoardTree board;

  @BeforeEach
  void board() {
    board = new BoardTree(root);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "0, PASS, 'no under-voltage since the start, never slowed down'",
    "50005, FAIL, 'under-voltage now (get_throttled 0x50005)'",
    "1, FAIL, 'under-voltage now (get_throttled 0x1)'",
    "50000, WARN, 'under-voltage since the start, not now (get_throttled 0x50000)'",
    "e0008, WARN, 'the processor is slowed down now (get_throttled 0xe0008)'",
    "80000, WARN, 'the processor was slowed down since the start (get_throttled 0x80000)'"
  })
  void theFirmwaresBitsOfNowAndSinceTheStartAreJudged(String bits, Verdict verdict, String saw)
      throws IOException {
    board.write(FIRMWARE, bits);
    Finding finding = findings().get(0);
    assertEquals(verdict, finding.verdict());
    assertEquals(saw, finding.observation());
    assertEquals(verdict == Verdict.PASS, finding.remedy().isEmpty());
  }

  @Test
  void withoutTheKernelsFileVcgencmdIsRun() throws IOException {
    board.write("usr/bin/vcgencmd", "#!/bin/sh\n[ \"$1\" = get_throttled ] && echo throttled=0x1");
    Files.setPosixFilePermissions(
        root.resolve("usr/bin/vcgencmd"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertEquals("under-voltage now (get_throttled 0x1)", findings().get(0).observation());
  }

  @ParameterizedTest(name = "alarm {0}")
  @CsvSource({"0, PASS", "1, FAIL"})
  void withoutBothTheKernelsAlarmIsRead(String alarm, Verdict verdict) throws IOException {
    board.write("sys/class/hwmon/hwmon0/name", "cpu_thermal");
    board.write("sys/class/hwmon/hwmon1/name", "rpi_volt");
    board.write("sys/class/hwmon/hwmon1/in0_lcrit_alarm", alarm);
    assertEquals(verdict, findings().get(0).verdict());
  }

  @Test
  void aBoardWithoutAnySourceIsAWarning() {
    assertEquals(
        List.of(
            Finding.warn(
                "power",
                "no sensor of the supply voltage",
                "this is no Raspberry Pi, or vcgencmd may not be used",
                "on a Pi: sudo usermod -a -G video $USER")),
        findings());
  }

  @ParameterizedTest(name = "{0} thousandths")
  @CsvSource({"79900, PASS", "80000, WARN", "84900, WARN", "85000, FAIL"})
  void theTemperatureOfTheBoardIsJudged(String thousandths, Verdict verdict) throws IOException {
    board.write(FIRMWARE, "0").write(ZONE, thousandths);
    assertEquals(2, findings().size());
    assertEquals(verdict, findings().get(1).verdict());
    assertTrue(findings().get(1).observation().endsWith(" °C on the board"));
  }

  private List<Finding> findings() {
    return new PowerCheck(board.kernelFiles()).findings();
  }
}
