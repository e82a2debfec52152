package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.JsonSchema;
import dev.streetbox.bus.BoardTree;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.GnssState;
import dev.streetbox.driver.PartIdentity;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.part.Catalogue;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.publish.LinkStatus;
import dev.streetbox.publish.ResendCounts;
import dev.streetbox.sample.SensorStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks what a box tells about its state on topic diag. */
class DiagJsonTest {
  @TempDir private Path folder;
  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();

  private String diag(boolean daily) throws Exception {
    SensorStatus pm =
        new SensorStatus(
            "my-pm", SensorStatus.State.WAITING, 500, 1, 3, "no answer", PartIdentity.NONE, false);
    RunHours hours =
        new RunHours(
            List.of(SensorSettings.simulated("my-pm", Catalogue.of("sps30").orElseThrow())),
            () -> List.of(pm),
            time);
    hours.restore("my-pm 90000\n");
    LinkStatus link = new LinkStatus("online", 0, "broker", 90, 80, 8, 10, 1, 2, 1, "closed");
    DiagJson diag =
        new DiagJson(
            daily,
            new Outbox(1, folder),
            time,
            faults,
            new BoardHealth(
                new BoardTree(folder)
                    .write("sys/class/thermal/thermal_zone0/temp", "48312")
                    .kernelFiles(),
                folder),
            () -> List.of(pm),
            hours,
            () -> Optional.of(new GnssState(3, 11, 17, "/dev/ttyACM0", "")),
            () -> link,
            () -> new ResendCounts(190, 150, 40));
    return JsonText.object(
        json -> {
          json.writeNumberField("v", 1);
          json.writeStringField("box", "sb-1");
          json.writeNumberField("boot", 1);
          diag.write(json);
        });
  }

  private static void requireValid(String text) throws Exception {
    JsonSchema schema = new JsonSchema(Path.of("deploy/contract/diag.schema.json"));
    assertEquals(List.of(), schema.mistakes(text));
  }

  @Test
  void countersFaultsPartsLinkReceiverAndBoardAreTold() throws Exception {
    faults.raise(Subsystem.SENSOR, "i2c-1/my-pm", "no answer", 500);
    time.pass(Duration.ofSeconds(60));
    String text = diag(false);
    requireValid(text);
    JsonTree tree = JsonTree.parse(text);
    assertTrue(tree.number("t").isEmpty(), "no row, so no time");
    assertEquals(60, tree.number("uptime_s").orElseThrow());
    assertEquals("no answer", tree.children("faults").get(0).string("text").orElseThrow());
    assertEquals(59, tree.children("faults").get(0).number("age_s").orElseThrow());
    assertEquals(20, tree.children("parts").get(0).number("fan_laser_h").orElseThrow());
    assertEquals("waiting", tree.children("parts").get(0).string("state").orElseThrow());
    assertEquals(2, tree.child("link").number("without_subscriber").orElseThrow());
    assertEquals(190, tree.child("resend").number("requested").orElseThrow());
    assertEquals(150, tree.child("resend").number("sent").orElseThrow());
    assertEquals(40, tree.child("resend").number("left").orElseThrow());
    assertEquals(11, tree.child("gnss").number("used").orElseThrow());
    assertEquals(48, tree.child("board").number("temp_c").orElseThrow());
  }

  @Test
  void noMoreThanTwentyFaultsAreTold() throws Exception {
    for (int place = 0; place < 50; place++) {
      faults.raise(Subsystem.SENSOR, "i2c-1/" + place, "no answer", place);
    }
    String text = diag(false);
    requireValid(text);
    assertEquals(20, JsonTree.parse(text).children("faults").size());
    assertTrue(text.contains("i2c-1/49") && !text.contains("i2c-1/29\""), text);
  }

  @Test
  void withDailyNamesNeitherNamesNorTextsAreTold() throws Exception {
    faults.raise(Subsystem.BROKER, "broker/sb-0042", "denies sb-0042", 500);
    String text = diag(true);
    requireValid(text);
    assertFalse(text.contains("my-pm") || text.contains("sb-0042"), text);
    assertFalse(text.contains("unacknowledged") || text.contains("dropped"), text);
    assertFalse(text.contains("\"left\""), text);
  }
}
