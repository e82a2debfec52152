package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.streetbox.JsonSchema;
import dev.streetbox.calibrate.LinearCorrection;
import dev.streetbox.calibrate.Revision;
import dev.streetbox.calibrate.Sensitivity;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.driver.PartIdentity;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.Quantity;
import dev.streetbox.publish.RemoteSettings;
import dev.streetbox.sample.SensorStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks what a box tells about itself, with and without daily names. */
class AboutJsonTest {
  private static final String SENSORS =
      """
      [[sensor]]
      name = "my-pm"
      driver = "sps30"
      bus = "sim"
      [[sensor]]
      name = "air"
      driver = "sht4x"
      bus = "sim"
      period = "5s"
      """;
  private static final Revision REVISION =
      new Revision(
          2,
          7,
          Instant.parse("2026-11-20T10:00:00Z"),
          "tech",
          List.of(new Sensitivity("mic", "ics43434", -26.137, 94)),
          List.of(new LinearCorrection(Quantity.PM2_5, 1.05, 1.2, 48)));

  @TempDir private Path folder;

  private String about(String more, Optional<Revision> calibration) throws Exception {
    Config config = KnownDrivers.simulatedText(SENSORS + more, "", folder);
    SensorStatus pm =
        new SensorStatus(
            "my-pm",
            SensorStatus.State.RUNNING,
            1,
            1,
            0,
            "",
            new PartIdentity("5B0F6A12D9C47E38", "2.3"));
    AboutJson about =
        new AboutJson(
            config,
            Version.current(),
            calibration,
            new RemoteSettings(config.mqtt()),
            () -> List.of(pm));
    return JsonText.object(
        json -> {
          json.writeNumberField("v", 1);
          json.writeStringField("box", "sb-1");
          json.writeNumberField("boot", 1);
          about.write(json);
        });
  }

  private static void requireValid(String text) throws Exception {
    JsonSchema schema = new JsonSchema(Path.of("deploy/contract/about.schema.json"));
    assertEquals(List.of(), schema.mistakes(text));
  }

  private static void requirePart(String text, String part) {
    assertEquals(part, text.replaceFirst(".*?(\\{\"driver\":[^}]*\\}).*", "$1"));
  }

  @Test
  void aPartIsNamedWithItsSerialNumberFirmwareAndQuantities() throws Exception {
    String text = about("", Optional.empty());
    requireValid(text);
    requirePart(
        text,
        "{\"driver\":\"sps30\",\"name\":\"my-pm\",\"serial\":\"5B0F6A12D9C47E38\","
            + "\"firmware\":\"2.3\",\"quantities\":[\"pm1_ugm3\",\"pm25_ugm3\",\"pm4_ugm3\","
            + "\"pm10_ugm3\",\"nc05_cm3\",\"nc1_cm3\",\"nc25_cm3\",\"nc4_cm3\",\"nc10_cm3\","
            + "\"psize_um\"]}");
    assertEquals("5", text.replaceFirst(".*\"period_s\":(\\d+).*", "$1"));
  }

  @Test
  void aCalibrationIsToldInWordsWithItsDate() throws Exception {
    String text = about("", Optional.of(REVISION));
    requireValid(text);
    assertEquals(
        "\"date\":\"2026-11-20\",\"words\":[\"mic: -26.14 dBFS at 94 dB, by a calibrator of"
            + " 94.0 dB\",\"pm25_cal_ugm3 = (pm25_ugm3 - 1.20) / 1.050, from 48 h beside a"
            + " reference\"]",
        text.replaceFirst(".*(\"date\".*?\\]).*", "$1"));
  }

  @Test
  void withDailyNamesNothingLinksTwoDays() throws Exception {
    String text = about("[privacy]\npseudonym = \"daily\"\n", Optional.of(REVISION));
    requireValid(text);
    for (String secret : List.of("my-pm", "5B0F6A12D9C47E38", "2.3", "2026-11-20", "1.05", "mic")) {
      assertFalse(text.contains(secret), secret + " in " + text);
    }
  }
}
