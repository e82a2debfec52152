package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.calibrate.Calibrations;
import dev.streetbox.calibrate.Sensitivity;
import dev.streetbox.doctor.Finding;
import dev.streetbox.measure.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir private Path folder;

  @Test
  void aFindingIsALineAndALineWithTheCommandToTry() {
    assertEquals(
        """
        PASS  power              no under-voltage since the start, never slowed down
        WARN  clock              every row's time is estimated; no fix yet
              Try: timedatectl status
        FAIL  sensor microphone  silent for 4 s
              Try: arecord --list-devices
        1 passed, 1 to look at, 1 failed
        """,
        FindingText.of(
            List.of(
                Finding.pass("power", "no under-voltage since the start, never slowed down"),
                Finding.warn(
                    "clock", "every row's time is estimated", "no fix yet", "timedatectl status"),
                Finding.fail(
                    "sensor microphone", "silent for 4 s", "", "arecord --list-devices"))));
  }

  @Test
  void aLineIsBrokenAtSpacesOnlySoThatACommandCanBeCopied() {
    assertEquals(
        """
        FAIL  sensor air         nothing answers at address 0x69 of /dev/i2c-1 for
                                   PM2.5; a loose plug
              Try: sudo apt-get install --no-install-recommends i2c-tools, then sudo
                i2cdetect -y 1
        0 passed, 0 to look at, 1 failed
        """,
        FindingText.of(
            List.of(
                Finding.fail(
                    "sensor air",
                    "nothing answers at address 0x69 of /dev/i2c-1 for PM2.5",
                    "a loose plug",
                    "sudo apt-get install --no-install-recommends i2c-tools, then"
                        + " sudo i2cdetect -y 1"))));
  }

  @Test
  void asJsonTheFindingsAreOneObject() {
    assertEquals(
        "{\"v\":1,\"findings\":[{\"verdict\":\"FAIL\",\"about\":\"card\",\"saw\":\"7 errors\","
            + "\"cause\":\"a worn card\",\"try\":\"sudo dmesg\"},"
            + "{\"verdict\":\"PASS\",\"about\":\"disk\",\"saw\":\"fine\"}]}\n",
        FindingText.json(
            List.of(
                Finding.fail("card", "7 errors", "a worn card", "sudo dmesg"),
                Finding.pass("disk", "fine"))));
  }

  @Test
  void aMistakeInTheConfigurationIsAFindingAndTheBoardIsCheckedToo() throws IOException {
    Path config = Files.writeString(folder.resolve("streetbox.toml"), "[box]\nrundir = 1\n");
    Typed typed = Typed.command("doctor", "--config", config.toString());
    assertEquals(ExitCode.EXTERNAL_ERROR, typed.code());
    assertTrue(typed.out().startsWith("FAIL  config             "), typed.out());
    assertTrue(typed.out().contains("sudo nano"), typed.out());
    assertTrue(typed.out().contains("  power              "), typed.out());
    assertTrue(typed.out().contains("  clock              "), typed.out());
  }

  @Test
  void aMissingConfigurationIsAFindingWithTheCommandThatPrintsOne() {
    Typed typed =
        Typed.command("doctor", "--json", "--config", folder.resolve("none.toml").toString());
    assertEquals(ExitCode.EXTERNAL_ERROR, typed.code());
    assertTrue(
        typed.out().contains("there is no such file. Try: streetbox config show --defaults"),
        typed.out());
  }

  @Test
  void aConfigurationWithoutASensorIsAWarning() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("streetbox.toml"),
            """
            [box]
            id = "sb-1"
            data_dir = "%1$s/data"
            run_dir = "%1$s/run"
            [gnss]
            source = "none"
            [mqtt]
            broker = "mqtt://127.0.0.1:1"
            [[privacy.zone]]
            name = "home"
            lat = 40.0701
            lon = 116.3265
            """
                .formatted(folder));
    Typed typed = Typed.command("doctor", "--config", config.toString());
    assertTrue(typed.out().contains("WARN  sensor             no sensor is config"), typed.out());
    assertTrue(typed.out().contains("WARN  privacy            there are privacy z"), typed.out());
  }

  @Test
  void withoutAnAgentTheHoursAndTheCalibrationAreThoseOfTheFiles() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path config = boxWithParts();
    Files.writeString(data.resolve("hours.txt"), "pm 2924280\nold 60\n");
    Instant made = Instant.parse("2026-11-01T08:00:00Z");
    Calibrations.NONE
        .with(new Sensitivity("noise", "ics43434", -26, 94), 40, made, "me")
        .write(data);
    String found = Typed.command("doctor", "--config", config.toString()).out();
    assertTrue(found.contains("PASS  hours pm           fan and laser 812.3 h\n"), found);
    assertTrue(found.contains("PASS  hours gas          cell 0.0 h\n"), found);
    assertFalse(found.contains("hours air"), found);
    assertTrue(found.contains("PASS  calibration        "), found);
    assertTrue(found.contains(", made 2026-11-01T08:00:00Z\n"), found);
  }

  @Test
  void withoutAnAgentADamagedFileIsAWarning() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path config = boxWithParts();
    Files.writeString(data.resolve("hours.txt"), "pm many\n");
    Files.writeString(data.resolve("calibration.json"), "no JSON");
    // Without blanks, because the length of the folder's name decides where a line ends.
    String found =
        Typed.command("doctor", "--config", config.toString()).out().replaceAll("\\s", "");
    assertTrue(found.contains("WARNhours" + data + "/hours.txtcannotbeused"), found);
    assertTrue(found.contains("WARNcalibration" + data), found);
  }

  private Path boxWithParts() throws IOException {
    return Files.writeString(
        folder.resolve("streetbox.toml"),
        """
        [box]
        id = "sb-1"
        data_dir = "%1$s/data"
        run_dir = "%1$s/run"
        [[sensor]]
        name = "pm"
        driver = "sps30"
        bus = "sim"
        [[sensor]]
        name = "gas"
        driver = "multigas"
        gas = "h2s"
        bus = "sim"
        [[sensor]]
        name = "air"
        driver = "sht4x"
        bus = "sim"
        [gnss]
        source = "none"
        [mqtt]
        broker = "mqtt://127.0.0.1:1"
        """
            .formatted(folder));
  }

  @Test
  void whileTheAgentRunsItsStateIsJudged() throws IOException {
    JsonTree status =
        JsonTree.parse(
            """
            {"v":1,"box":"sb-1","boot":41,"version":"0.1.0","tq":"est",\
            "cal":"c7","cal_made":"2026-11-01T08:00:00Z","sensors":[\
            {"name":"air","bus":"i2c-1","state":"running","age_ms":412,"faults":0,\
            "readings":{"temp_c":21.4,"q":0},"fan_laser_h":812.3},\
            {"name":"pm","bus":"i2c-1","state":"waiting","faults":3,\
            "last_fault":"i2c-1 0x69 write failed"},\
            {"name":"gnss","bus":"gnss","state":"running","age_ms":4,"faults":0}],\
            "gnss":{"mode":3,"used":7,"seen":12,"receiver":"/dev/ttyACM0"},\
            "link":{"state":"online","broker":"mqtt://b:1883","acknowledged_rows":99},\
            "faults":[{"subsystem":"broker","place":"broker/live",\
            "text":"the broker denies this topic: check its ACL (0x87)","count":3,"active":true},\
            {"subsystem":"sensor","place":"i2c-1/pm","text":"i2c-1 0x69 write failed","count":3,\
            "active":true},\
            {"subsystem":"store","place":"store","text":"disk full","count":2,"active":true},\
            {"subsystem":"store","place":"boot counter","text":"old","count":2,"active":false}]}
            """);
    assertEquals(
        """
        PASS  agent              runs: box sb-1, boot 41, streetbox 0.1.0; only the
                                   agent uses the buses
        PASS  sensor air         temperature 21.4 °C; fan and laser 812.3 h
        FAIL  sensor pm          i2c-1 0x69 write failed; the agent tries again, at
                                   least every 5 minutes
              Try: sudo systemctl stop streetbox; streetbox doctor
        PASS  calibration        c7, made 2026-11-01T08:00:00Z
        PASS  gnss               fix in 3D, 7 of 12 satellites used
        WARN  clock              every row's time is estimated; neither a fix nor
                                   network time since the start
              Try: timedatectl status
        FAIL  broker             online, but broker/live: the broker denies this topic:
                                   check its ACL (0x87); the broker's ACL does not let
                                   this box write below its own topic; rows are stored
              Try: journalctl -u streetbox -n 50
        FAIL  store              disk full; seen 2 times
              Try: journalctl -u streetbox -n 50
        4 passed, 1 to look at, 3 failed
        """,
        FindingText.of(new AgentFindings(status).findings()));
  }

  @Test
  void anAgentWithoutAConnectionStoresItsRows() throws IOException {
    JsonTree status =
        JsonTree.parse(
            """
            {"v":1,"box":"sb-1","tq":"gnss","sensors":[],"gnss":{"receiver":"no receiver"},\
            "link":{"state":"offline","broker":"mqtt://b:1883","last_trouble":"no address for b"}}
            """);
    String told = FindingText.of(new AgentFindings(status).findings());
    assertTrue(told.contains("FAIL  gnss               gpsd runs and has no receiver"), told);
    assertTrue(told.contains("mqtt://b:1883: offline, no address for b; the rows"), told);
  }

  @Test
  void withoutAnAgentTheDoctorAsksThePartsAndCreatesNoFolder() throws IOException {
    Path config = Boxes.simulated(folder, URI.create("mqtt://127.0.0.1:1"), "");
    Typed typed = Typed.command("doctor", "--config", config.toString());
    assertEquals(ExitCode.EXTERNAL_ERROR, typed.code());
    assertTrue(
        typed.out().contains("PASS  bus sim            0x44 SHT4x, 0x69 SPS30\n"), typed.out());
    assertTrue(typed.out().contains("PASS  sensor air         temperature "), typed.out());
    assertTrue(
        typed.out().contains("FAIL  broker             mqtt://127.0.0.1:1: no"), typed.out());
    assertTrue(typed.out().lines().allMatch(line -> line.length() <= 80), typed.out());
    assertTrue(Files.notExists(folder.resolve("data")));
    assertTrue(Files.notExists(folder.resolve("run")));
  }
}
