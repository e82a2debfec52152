package dev.streetbox.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Quantity;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the text of calibration.json, which boxes in the field already have. */
class CalibrationJsonTest {
  private static final Calibrations BOTH =
      Calibrations.NONE
          .with(
              new Sensitivity("noise", "ics43434", -26.42, 94),
              41,
              Instant.parse("2026-11-23T12:00:00.9Z"),
              "Li \"Li\"")
          .with(
              new LinearCorrection(Quantity.PM2_5, 1.25, -3, 312),
              52,
              Instant.parse("2026-12-07T09:30:15Z"),
              "Wang");

  @Test
  void theTextHasTheFormOfEveryReleaseAndEachId() {
    assertEquals(
        """
        {
          "v" : 1,
          "revisions" : [ {
            "id" : "1-4a4ae4b7",
            "number" : 1,
            "from_boot" : 42,
            "made" : "2026-11-23T12:00:00Z",
            "by" : "Li \\"Li\\"",
            "microphones" : [ {
              "sensor" : "noise",
              "part" : "ics43434",
              "sensitivity_dbfs" : -26.42,
              "reference_db" : 94.0
            } ],
            "lines" : [ ]
          }, {
            "id" : "2-cb941191",
            "number" : 2,
            "from_boot" : 53,
            "made" : "2026-12-07T09:30:15Z",
            "by" : "Wang",
            "microphones" : [ {
              "sensor" : "noise",
              "part" : "ics43434",
              "sensitivity_dbfs" : -26.42,
              "reference_db" : 94.0
            } ],
            "lines" : [ {
              "quantity" : "pm25_ugm3",
              "slope" : 1.25,
              "intercept" : -3.0,
              "hours" : 312
            } ]
          } ]
        }
        """,
        CalibrationJson.text(BOTH));
  }

  @Test
  void theWrittenTextIsReadBackEqual() throws IOException {
    assertEquals(BOTH, CalibrationJson.parse(CalibrationJson.text(BOTH)));
    assertEquals(Calibrations.NONE, CalibrationJson.parse(CalibrationJson.text(Calibrations.NONE)));
  }

  @Test
  void fieldsOfALaterVersionAreIgnored() throws IOException {
    String later =
        CalibrationJson.text(BOTH)
            .replace("\"slope\"", "\"weather\" : {\"a\":[1]}, \"slope\"")
            .replace("\"v\" : 1", "\"v\" : 1, \"tool\" : [ 1, {} ]");
    assertEquals(BOTH, CalibrationJson.parse(later));
  }

  @Test
  void aFileOfALaterMajorVersionIsRefused() {
    String later = CalibrationJson.text(BOTH).replace("\"v\" : 1", "\"v\" : 2");
    IOException error = assertThrows(IOException.class, () -> CalibrationJson.parse(later));
    assertEquals("the file is of another version of this program", error.getMessage());
  }

  /** Each case replaces one text by a wrong one, and has the reason in the message. */
  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"slope\" | \"slop\" | no number slope",
        "\"slope\" : 1.25 | \"slope\" : \"1.25\" | no number slope",
        "\"slope\" : 1.25 | \"slope\" : NaN | no number slope",
        "\"slope\" : 1.25 | \"slope\" : -1 | slope -1",
        "\"hours\" : 312 | \"hours\" : 1.5 | 1.5",
        "\"hours\" : 312 | \"hours\" : 9999999999 | 9999999999",
        "pm25_ugm3 | pm99_ugm3 | pm99_ugm3",
        "pm25_ugm3 | temp_c | temp_c",
        "2026-12-07T09:30:15Z | 2026-12-07 | 2026-12-07",
        "\"by\" : \"Wang\", | `` | no by",
        "\"number\" : 2 | \"number\" : two | not JSON",
        "\"lines\" : [ ] | \"lines\" : [ 1 ] | lines"
      })
  void aDamagedTextIsRefusedWithItsReason(String found, String damage, String reason) {
    String text = CalibrationJson.text(BOTH);
    assertTrue(text.contains(found), found);
    IOException error =
        assertThrows(IOException.class, () -> CalibrationJson.parse(text.replace(found, damage)));
    assertTrue(error.getMessage().startsWith("the file is damaged: "), error.getMessage());
    assertTrue(error.getMessage().contains(reason), error.getMessage());
  }
}
