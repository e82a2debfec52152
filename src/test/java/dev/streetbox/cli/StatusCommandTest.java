package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
  private static final String STATUS =
      """
      {"v":1,"box":"sb-0042","boot":41,"version":"0.1.0","tick_ms":1801000,\
      "t":1795420800000,"tq":"gnss","row":{"seq":1801,"t":1795420800000,"tq":"gnss",\
      "lat":40.070112,"lon":116.326519,"hacc_m":3.1,"pm25_ugm3":27.4,"laeq_db":68.3,\
      "voc_index":112,"temp_c":21.4,"rh_pct":83.2,"q":4098},"sensors":[\
      {"name":"pm","bus":"i2c-1","state":"running","age_ms":412,"faults":0,"fan_laser_h":812},\
      {"name":"air","bus":"i2c-1","state":"waiting","faults":3,"last_fault":\
      "nobody answered at 0x44: the part is missing or without power; check the cable"}],\
      "store":{"newest":1801,"unacknowledged":4},"link":{"state":"online"},\
      "faults":[{"place":"i2c-1/air","text":"nobody answered","count":3,"active":true},\
      {"place":"broker","text":"connection refused","count":1,"active":false}]}
      """;

  @TempDir private Path folder;
  private Path config;
  private Path status;

  @BeforeEach
  void configure() throws IOException {
    status = folder.resolve("status.json");
    config =
        Files.writeString(
            folder.resolve("streetbox.toml"),
            "[box]\nid = \"sb-0042\"\nrun_dir = \"" + folder + "\"\n");
  }

  @Test
  void theStateIsPrintedInLinesThatFitATerminal() throws IOException {
    Files.writeString(status, STATUS);
    Typed typed = type();
    assertEquals(
        new Typed(
            ExitCode.DONE,
            """
            box      sb-0042, boot 41, up 30 min 1 s, streetbox 0.1.0
            time     2026-11-23 08:00:00 UTC (gnss), written 0.0 s ago
            row      number 1801, latitude 40.070112 °, longitude 116.326519 °,
                       accuracy 3.1 m, PM2.5 27.4 µg/m³, LAeq 68.3 dB, VOC index 112,
                       temperature 21.4 °C, humidity 83.2 %
            quality  pm_humid, gnss_poor
            sensor   pm: running, read 0.4 s ago, on i2c-1, no faults, fan and laser 812 h
            sensor   air: waiting, read never, on i2c-1, 3 faults, the last one: nobody
                       answered at 0x44: the part is missing or without power; check the
                       cable
            store    newest row 1801, 4 rows not acknowledged
            link     online
            fault    i2c-1/air: nobody answered (3 times)
            past     broker: connection refused (1 time)
            """,
            ""),
        new Typed(
            typed.code(), typed.out().replaceFirst("written [0-9.]+ s", "written 0.0 s"), ""));
    assertEquals("", typed.err());
  }

  @Test
  void asJsonTheStateIsTheAgentsFileWithItsAge() throws IOException {
    Files.writeString(status, STATUS);
    Typed typed = type("--json");
    assertEquals(ExitCode.DONE, typed.code());
    assertTrue(typed.out().matches("(?s)\\{\"age_ms\":\\d+,.*"), typed.out());
    assertEquals(STATUS, withoutAge(typed.out()));
  }

  @Test
  void anAgentThatHasJustStartedHasNoRowYet() throws IOException {
    Files.writeString(status, "{\"v\":1,\"box\":\"sb-0042\",\"sensors\":[],\"faults\":[]}");
    assertEquals(
        """
        box      sb-0042, boot ?, streetbox ?
        time     unknown, written 0.0 s ago
        """,
        type().out().replaceFirst("written [0-9.]+ s", "written 0.0 s"));
  }

  @Test
  void withoutAnAgentTheCommandEndsWithOne() {
    assertEquals(
        new Typed(
            ExitCode.EXTERNAL_ERROR,
            "",
            "streetbox status: no agent runs: there is no "
                + status
                + ". Try: sudo systemctl start streetbox\n"),
        type());
  }

  @Test
  void anOldStateIsPrintedAndTheCommandEndsWithOne() throws IOException {
    Files.writeString(status, STATUS);
    Files.setLastModifiedTime(
        status, FileTime.from(new SystemTime().systemClock().minus(Duration.ofHours(1))));
    Typed typed = type("--json");
    assertEquals(ExitCode.EXTERNAL_ERROR, typed.code());
    assertEquals(STATUS, withoutAge(typed.out()));
    assertEquals(
        "streetbox status: this is 3600 s old: the agent hangs or was killed. "
            + "Try: sudo systemctl restart streetbox\n",
        typed.err().replace("3601", "3600"));
  }

  @Test
  void aFileThatIsNotAnObjectIsNotABug() throws IOException {
    for (String text : new String[] {"", "[]", "{\"v\":1,", "{\"row\":[1,"}) {
      Files.writeString(status, text);
      assertEquals(
          new Typed(
              ExitCode.EXTERNAL_ERROR,
              "",
              "streetbox status: "
                  + status
                  + " is not a JSON object; likely causes: another program changed it, or /run is"
                  + " full. Try: sudo systemctl restart streetbox\n"),
          type());
    }
  }

  @Test
  void aNumberThatNoAgentWritesIsNamedAndNotABug() throws IOException {
    for (String damage :
        List.of(
            "\"tick_ms\":\"soon\"",
            "\"t\":1e30",
            "\"age_ms\":4.5",
            "\"q\":4294967296",
            "\"seq\":true",
            "\"pm25_ugm3\":\"many\"",
            "\"since_tick_ms\":null")) {
      String key = damage.substring(1, damage.indexOf('"', 1));
      Files.writeString(status, STATUS.replace("\"link\":{", "\"link\":{" + damage + ","));
      assertEquals(
          new Typed(
              ExitCode.EXTERNAL_ERROR,
              "",
              "streetbox status: "
                  + status
                  + ": "
                  + key
                  + " has a value that no agent writes; likely causes: another program changed it,"
                  + " or /run is full. Try: sudo systemctl restart streetbox\n"),
          type());
    }
  }

  private static String withoutAge(String json) {
    return json.replaceFirst("\"age_ms\":\\d+,", "");
  }

  private Typed type(String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "status";
    arguments[1] = "--config";
    arguments[2] = config.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return Typed.command(arguments);
  }
}
