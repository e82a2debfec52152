package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.export.RideStore;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.BootCounter;
import dev.streetbox.outbox.Committer;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.Reason;
import dev.streetbox.outbox.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxCommandTest {
  /** 2026-11-23 12:00:00 UTC in ms since 1970, at which a scripted clock begins. */
  private static final long NOON_MS = 1_795_435_200_000L;

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

  /** Stores a boot: rows 1 to 4 are acknowledged, row 5 is refused. */
  private void boot(int rows, boolean ends) {
    boot(rows, ends, 0);
  }

  /** Stores such a boot, in which no row was made for some seconds before row 10. */
  private void boot(int rows, boolean ends, int gapSeconds) {
    ScriptedTime time = new ScriptedTime();
    Faults faults = new Faults();
    int boot = new BootCounter(data, faults).next();
    Outbox outbox = new Outbox(boot, data);
    StoreSettings settings =
        new StoreSettings(data, Duration.ofSeconds(10), 1 << 30, Duration.ofDays(7));
    Committer committer = new Committer(settings, outbox, time, faults);
    outbox.append(new Anchor(boot, 0, NOON_MS, TimeSource.NTP, 50));
    for (int seq = 1; seq <= rows; seq++) {
      outbox.append(
          new Row(
              boot,
              seq,
              (seq < 10 ? seq : seq + gapSeconds) * 1000L,
              Sample.of(Map.of(Quantity.LAEQ, 60 + seq / 10.0))));
    }
    outbox.acknowledge(new Range(boot, 1, 4), List.of());
    outbox.drop(new Range(boot, 5, 5), Reason.REFUSED);
    committer.cycle();
    if (ends) {
      committer.close();
    }
  }

  private Typed type(String... words) {
    String[] all =
        Stream.concat(
                Stream.of("outbox"),
                Stream.concat(Stream.of(words), Stream.of("--config", config.toString())))
            .toArray(String[]::new);
    return Typed.command(all);
  }

  @Test
  void statShowsDepthAndAgeOfEachBoot() {
    boot(30, true);
    boot(6, false);
    Typed typed = type("stat");
    assertEquals(ExitCode.DONE, typed.code());
    List<String> lines = typed.out().lines().toList();
    assertEquals("store  " + data, lines.get(0));
    assertTrue(
        lines.get(1).matches("size   0\\.0 MB and a log of 0\\.5 MB, 0 events to send"),
        lines.get(1));
    assertEquals(
        "      boot  state     stored    to send  oldest to send           age", lines.get(2));
    assertTrue(
        lines.get(3).startsWith("         1  over          30         25  2026-11-23 12:00:06 UTC"),
        lines.get(3));
    assertTrue(
        lines.get(4).startsWith("         2  open           6          1  2026-11-23 12:00:06 UTC"),
        lines.get(4));
  }

  @Test
  void statCountsTheSecondsOfEachBootThatHaveNoRow() throws IOException {
    boot(30, true, 22_152);
    boot(20, true);
    boot(20, false, 1);
    List<String> lines = type("stat").out().lines().skip(6).toList();
    assertEquals(
        List.of("boot 1: 22152 seconds have no row", "boot 3: 1 second has no row"), lines);
    List<JsonTree> boots = JsonTree.parse(type("stat", "--json").out()).children("boots");
    assertEquals(
        List.of("22152", "0", "1"),
        boots.stream().map(boot -> boot.text("unsampled").orElseThrow()).toList());
  }

  @Test
  void statAsJsonIsOneObject() throws IOException {
    boot(30, true);
    JsonTree stat = JsonTree.parse(type("stat", "--json").out());
    assertEquals(data.toString(), stat.text("data_dir").orElseThrow());
    assertEquals(
        Map.of(
            "boot",
            "1",
            "open",
            "false",
            "stored",
            "30",
            "unacknowledged",
            "25",
            "unsampled",
            "0",
            "oldest_t",
            "1795435206000"),
        stat.children("boots").get(0).scalars());
  }

  @Test
  void verifyAccountsForEveryRow() {
    boot(30, true);
    boot(20, false);
    boot(10, false);
    assertEquals(
        new Typed(
            ExitCode.DONE,
            """
                  boot    sampled     stored acknowledged   dropped unexplained  state
                     1         30         30            4         1           0  over
                     2         20         20            4         1           0  cut
                     3         10         10            4         1           0  open
            boot 1, rows 5 to 5: dropped: refused
            boot 2, rows 5 to 5: dropped: refused
            boot 2, rows from 21 on: lost, and declared
            boot 3, rows 5 to 5: dropped: refused
            boot 3 is open: it is running, or the next boot declares the lost rows
            sound, and every row is explained
            """,
            ""),
        type("verify"));
  }

  @Test
  void verifyAsJsonListsEveryRange() {
    boot(20, false);
    boot(10, true);
    assertEquals(
        """
        {"sound":true,"damage":[],"boots":[\
        {"boot":1,"sampled":20,"stored":20,"acknowledged":4,\
        "dropped":[[5,5,"refused"]],"lost_from":21,"unexplained":[]},\
        {"boot":2,"sampled":10,"stored":10,"acknowledged":4,\
        "dropped":[[5,5,"refused"]],"unexplained":[]}],"open":[]}
        """,
        type("verify", "--json").out());
  }

  @Test
  void aCorruptStoreIsReportedOnStdoutAndEndsWithOne() throws IOException {
    boot(300, true);
    Path file = data.resolve("outbox.db");
    byte[] bytes = Files.readAllBytes(file);
    for (int at = bytes.length / 2; at < bytes.length; at++) {
      bytes[at] ^= 0x55;
    }
    Files.write(file, bytes);
    Typed typed = type("verify");
    assertEquals(ExitCode.EXTERNAL_ERROR, typed.code());
    assertTrue(typed.out().contains("corrupt: "), typed.out());
    assertTrue(typed.out().endsWith("not sound\n"), typed.out());
    assertTrue(typed.err().endsWith("Try: dmesg | tail\n"), typed.err());
    Typed json = type("verify", "--json");
    assertEquals(ExitCode.EXTERNAL_ERROR, json.code());
    assertTrue(json.out().startsWith("{\"sound\":false,\"damage\":[\""), json.out());
  }

  @Test
  void withoutAStoreEveryCommandEndsWithOne() {
    for (String command : List.of("stat", "verify", "export")) {
      Typed typed =
          command.equals("export") ? type(command, "--format", "csv") : type(command, "--json");
      assertEquals(
          new Typed(
              ExitCode.EXTERNAL_ERROR,
              "",
              "streetbox outbox: "
                  + data.resolve("outbox.db")
                  + " does not exist: nothing has been stored here yet. Try: streetbox status\n"),
          new Typed(typed.code(), typed.out(), typed.err().replace(" " + command + ":", ":")));
    }
  }

  @Test
  void exportWritesTheDatedRowsOfAPeriod() throws IOException {
    boot(30, true);
    assertEquals(
        """
        {"box":"sb-0042","boot":1,"seq":29,"t":1795435229000,"tq":"ntp","laeq_db":62.9,"q":0}
        {"box":"sb-0042","boot":1,"seq":30,"t":1795435230000,"tq":"ntp","laeq_db":63,"q":0}
        """,
        type("export", "--format", "ndjson", "--from", "2026-11-23T12:00:29Z").out());
    assertEquals("", type("export", "--format", "ndjson", "--to", "2026-11-23").out());
    Path file = folder.resolve("rows.csv");
    assertEquals(
        new Typed(ExitCode.DONE, "", ""),
        type("export", "--format", "csv", "--to", "2026-11-23T12:00:03Z", "-o", "" + file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    List<String> lines = Files.readAllLines(file);
    assertEquals(3, lines.size());
    assertTrue(lines.get(0).startsWith("box,boot,seq,t,tq,lat,"), lines.get(0));
    assertTrue(lines.get(2).startsWith("sb-0042,1,2,1795435202000,ntp,"), lines.get(2));
  }

  @Test
  void geoJsonHasAPointForARowWithAPlaceAndNoneInAPrivacyZone() {
    RideStore.add(data, 2, RideStore.NOON_MS, 2);
    assertEquals(
        """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","id":"sb-0042-1-1","geometry":{"type":"Point",\
        "coordinates":[116.3265,40.07]},"properties":{"box":"sb-0042","boot":1,"seq":1,\
        "time":"2026-11-23T12:00:01Z","t":1795435201000,"tq":"gnss","hacc_m":3.8,"spd_mps":0,\
        "pm25_ugm3":35.1,"pm10_ugm3":44,"laeq_db":61.4,"lafmax_db":63.4,"temp_c":4.58,\
        "rh_pct":50.15,"q":256}},
        {"type":"Feature","id":"sb-0042-1-2","geometry":null,\
        "properties":{"box":"sb-0042","boot":1,"seq":2,\
        "time":"2026-11-23T12:00:02Z","t":1795435202000,"tq":"gnss",\
        "pm25_ugm3":35,"pm10_ugm3":44,"laeq_db":61.6,"lafmax_db":63.6,"temp_c":4.58,\
        "rh_pct":50.16,"q":8448}}
        ]}
        """,
        type("export", "--format", "geojson").out());
  }

  @Test
  void geoJsonOfNoRowsIsStillACollection() {
    boot(3, true);
    assertEquals(
        "{\"type\":\"FeatureCollection\",\"features\":[\n]}\n",
        type("export", "--format", "geojson", "--to", "2026-11-23").out());
  }

  @Test
  void exportRefusesUnknownFormatsQuantitiesAndTimes() {
    boot(3, true);
    Typed xml = type("export", "--format", "xml");
    assertEquals(ExitCode.USAGE, xml.code());
    assertEquals(
        """
        streetbox outbox export: --format 'xml' is not csv, ndjson, geojson or html
        Try: streetbox outbox export --help
        """,
        xml.err());
    Typed colour = type("export", "--format", "csv", "--quantity", "laeq_db");
    assertEquals(ExitCode.USAGE, colour.code());
    assertTrue(colour.err().contains(": --quantity is for --format html\n"), colour.err());
    Typed unknown = type("export", "--format", "html", "--quantity", "dust");
    assertEquals(ExitCode.USAGE, unknown.code());
    assertTrue(
        unknown.err().contains(": --quantity 'dust' is not a field of a row, such as pm25_ugm3\n"),
        unknown.err());
    Typed time = type("export", "--format", "csv", "--from", "yesterday");
    assertEquals(ExitCode.USAGE, time.code());
    assertTrue(
        time.err().contains("'yesterday' is not a time such as 2026-11-23T08:00:00Z"), time.err());
    Typed file = type("export", "--format", "csv", "-o", folder.resolve("no/rows.csv").toString());
    assertEquals(ExitCode.EXTERNAL_ERROR, file.code());
    assertTrue(file.err().contains("rows.csv cannot be written: "), file.err());
  }
}
