package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.calibrate.Calibrations;
import dev.streetbox.calibrate.Collocation;
import dev.streetbox.calibrate.LinearCorrection;
import dev.streetbox.calibrate.Revision;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.BootCounter;
import dev.streetbox.outbox.Committer;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollocateCommandTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final int HOURS = 4;

  @TempDir private Path folder;
  private Path data;
  private Path config;

  @BeforeEach
  void configure() throws IOException {
    data = folder.resolve("data");
    config =
        Files.writeString(
            folder.resolve("streetbox.toml"),
            "[box]\nid = \"sb-0042\"\ndata_dir = \"" + data + "\"\n");
  }

  private Typed type(String... words) {
    List<String> all = new ArrayList<>(List.of("calibrate", "collocate"));
    all.addAll(List.of(words));
    all.addAll(List.of("--config", config.toString()));
    return Typed.command(all.toArray(String[]::new));
  }

  /** Stores four hours from noon on, in which PM2.5 is 1.5 times the station's plus 2 µg/m³. */
  private void measure() throws IOException {
    Faults faults = new Faults();
    int boot = new BootCounter(data, faults).next();
    Outbox outbox = new Outbox(boot, data);
    StoreSettings settings =
        new StoreSettings(data, Duration.ofSeconds(10), 1 << 30, Duration.ofDays(7));
    ScriptedTime time = new ScriptedTime();
    Committer committer = new Committer(settings, outbox, time, faults);
    outbox.append(new Anchor(boot, 0, NOON.toEpochMilli(), TimeSource.NTP, 50));
    for (int second = 1; second <= HOURS * 3600; second++) {
      double pm = 1.5 * station((second - 1) / 3600) + 2;
      outbox.append(new Row(boot, second, second * 1000L, Sample.of(Map.of(Quantity.PM2_5, pm))));
      time.pass(Duration.ofSeconds(1));
      if (second % 600 == 0) {
        committer.cycle();
      }
    }
    committer.close();
    Collocation.from(NOON).write(data);
  }

  private static double station(int hour) {
    return List.of(20.0, 50.0, 35.0, 80.0).get(hour);
  }

  private Path station() throws IOException {
    StringBuilder csv = new StringBuilder("time,pm25_ugm3\n");
    for (int hour = 0; hour < HOURS; hour++) {
      csv.append(NOON.plus(Duration.ofHours(hour))).append(',').append(station(hour)).append('\n');
    }
    return Files.writeString(folder.resolve("station.csv"), csv);
  }

  @Test
  void aCollocationBeginsOnceAndEndsOnce() throws IOException {
    Files.createDirectories(data);
    assertTrue(type("stop").err().contains("Try: streetbox calibrate collocate start"));
    assertEquals(ExitCode.DONE, type("start").code());
    assertTrue(Collocation.read(data).orElseThrow().isOngoing());
    Typed again = type("start");
    assertEquals(ExitCode.EXTERNAL_ERROR, again.code());
    assertTrue(again.err().contains("Try: streetbox calibrate collocate stop"), again.err());
    assertEquals(ExitCode.DONE, type("stop").code());
    assertFalse(Collocation.read(data).orElseThrow().isOngoing());
    assertEquals(ExitCode.EXTERNAL_ERROR, type("stop").code());
  }

  @Test
  void aFitPrintsItsFiguresAndTheTargets() throws IOException {
    measure();
    Typed fit = type("fit", "--reference", station().toString());
    assertEquals(ExitCode.DONE, fit.code(), fit.err());
    assertEquals(
        """
        Beside the station from 2026-11-23T12:00:00Z on

        pm25_ugm3, µg/m³
          n 4 h, r 1.000, slope 1.500, intercept 2.00, RMSE 27.46 (59 % of the mean)
          pm25_cal_ugm3 = (pm25_ugm3 - 2.00) / 1.500: RMSE 0.00
          NO   n                4 h  ≥ 300 h
          yes  r²             1.000  ≥ 0.70 (EPA)
          NO   slope          1.500  1 ± 0.35 (EPA)
          yes  intercept       2.00  0 ± 5 (EPA)
          NO   RMSE           27.46  ≤ 7, or 30 % of the mean (EPA)
          yes  r              1.000  > 0.9 (Flatburn)
          NO   MAPE            56 %  < 15 % (Flatburn)
        """,
        fit.out());
    assertTrue(
        type("fit", "--json", "--reference", station().toString())
            .out()
            .startsWith("{\"fits\":[{\"quantity\":\"pm25_ugm3\",\"n\":4,\"r\":"));
    assertEquals(Calibrations.NONE, Calibrations.read(data));
  }

  @Test
  void aCorrectionIsWrittenOnlyWithEnoughHours() throws IOException {
    measure();
    Typed few = type("fit", "--write", "--reference", station().toString());
    assertEquals(ExitCode.EXTERNAL_ERROR, few.code());
    assertTrue(few.err().contains("nothing was written"), few.err());
    assertEquals(Calibrations.NONE, Calibrations.read(data));
    Typed enough =
        type("fit", "--write", "--least-hours", "4", "--reference", station().toString());
    assertEquals(ExitCode.DONE, enough.code(), enough.err());
    Revision written = Calibrations.read(data).newest().orElseThrow();
    assertTrue(enough.err().contains("Calibration " + written.id()), enough.err());
    assertEquals(2, written.fromBoot());
    LinearCorrection correction = written.corrections().get(0);
    assertEquals(Quantity.PM2_5, correction.quantity());
    assertEquals(1.5, correction.slope(), 1e-9);
    assertEquals(2, correction.intercept(), 1e-6);
  }

  @Test
  void hoursOutsideTheCollocationDoNotCount() throws IOException {
    measure();
    Collocation.from(NOON.plus(Duration.ofHours(1)))
        .endedAt(NOON.plus(Duration.ofHours(3)))
        .write(data);
    Typed fit = type("fit", "--reference", station().toString());
    assertEquals(ExitCode.EXTERNAL_ERROR, fit.code());
    assertTrue(fit.err().contains("fewer than 3 hours"), fit.err());
  }

  @Test
  void withoutACollocationOrAStationThereIsNoFit() throws IOException {
    Files.createDirectories(data);
    assertTrue(type("fit", "--reference", "none.csv").err().contains("no collocation has begun"));
    Collocation.from(NOON).write(data);
    Typed missing = type("fit", "--reference", folder.resolve("none.csv").toString());
    assertEquals(ExitCode.EXTERNAL_ERROR, missing.code());
    assertTrue(missing.err().contains("there is no "), missing.err());
    assertEquals(ExitCode.USAGE, type("fit").code());
  }
}
