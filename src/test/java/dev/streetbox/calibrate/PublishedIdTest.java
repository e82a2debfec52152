package dev.streetbox.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the ids of files written before ids were stored, against constants as published. */
class PublishedIdTest {
  /** The text of a file whose revisions have no stored id. */
  private static final String OLD =
      """
      {
        "v" : 1,
        "revisions" : [ {
          "number" : 1,
          "from_boot" : 41,
          "made" : "2026-11-23T12:00:00Z",
          "by" : "Li",
          "microphones" : [ {
            "sensor" : "noise",
            "part" : "ics43434",
            "sensitivity_dbfs" : -26.42,
            "reference_db" : 94.0
          } ],
          "lines" : [ ]
        }, {
          "number" : 2,
          "from_boot" : 53,
          "made" : "2026-12-24T08:30:05Z",
          "by" : "王芳, desk 3",
          "microphones" : [ {
            "sensor" : "noise",
            "part" : "ics43434",
            "sensitivity_dbfs" : -26.42,
            "reference_db" : 94.0
          }, {
            "sensor" : "rear",
            "part" : "inmp441",
            "sensitivity_dbfs" : -25.0,
            "reference_db" : 114.0
          } ],
          "lines" : [ {
            "quantity" : "pm1_ugm3",
            "slope" : 1.25,
            "intercept" : 3.0,
            "hours" : 312
          }, {
            "quantity" : "pm25_ugm3",
            "slope" : 0.875,
            "intercept" : -0.5,
            "hours" : 312
          }, {
            "quantity" : "pm10_ugm3",
            "slope" : 12.5,
            "intercept" : 0.0,
            "hours" : 400
          }, {
            "quantity" : "h2s_ppm",
            "slope" : 1.5,
            "intercept" : 0.01,
            "hours" : 301
          }, {
            "quantity" : "nh3_ppm",
            "slope" : 1.0E-4,
            "intercept" : 1.25E7,
            "hours" : 299
          } ]
        }, {
          "number" : 3,
          "from_boot" : 2147483647,
          "made" : "2027-01-01T00:00:00Z",
          "by" : "",
          "microphones" : [ ],
          "lines" : [ {
            "quantity" : "pm25_ugm3",
            "slope" : 1.0,
            "intercept" : 2.5,
            "hours" : 300
          } ]
        } ]
      }
      """;

  @TempDir private Path folder;

  private List<String> ids() throws IOException {
    return Calibrations.read(folder).revisions().stream().map(Revision::id).toList();
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("calibration.json"), text);
  }

  @Test
  void aFileWithoutStoredIdsHasTheIdsThatWerePublished() throws IOException {
    write(OLD);
    assertEquals(List.of("1-dc3eb468", "2-538636f9", "3-18afdd90"), ids());
  }

  @Test
  void aNewCalibrationStoresItsIdAndThoseOfTheOlderOnes() throws IOException {
    write(OLD);
    Calibrations old = Calibrations.read(folder);
    Instant now = Instant.parse("2027-02-01T00:00:00Z");
    old.with(new Sensitivity("noise", "ics43434", -26.0, 94), 60, now, "Li").write(folder);
    String text = Files.readString(folder.resolve("calibration.json"));
    for (String id : ids()) {
      assertTrue(text.contains("\"id\" : \"" + id + "\""), text);
    }
    assertEquals(List.of("1-dc3eb468", "2-538636f9", "3-18afdd90"), ids().subList(0, 3));
    assertEquals("4-", ids().get(3).substring(0, 2));
  }

  @Test
  void aStoredIdIsKeptWhateverTheContentIs() throws IOException {
    write(OLD.replace("\"number\" : 2,", "\"id\" : \"2-00c0ffee\", \"number\" : 2,"));
    assertEquals(List.of("1-dc3eb468", "2-00c0ffee", "3-18afdd90"), ids());
  }
}
