package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import dev.streetbox.simulate.GroundTruth;
import dev.streetbox.simulate.Ride;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the installed program on a simulated ride through a privacy zone, with a real Mosquitto that
 * persists its messages, and searches every file on disk for a position within the zone.
 */
class PrivacyIT {
  private static final double HOME_LAT = 40.0702;
  private static final double HOME_LON = 116.3339;
  private static final double RADIUS_M = 60;
  private static final double METRES_PER_DEGREE = 111_195;
  private static final int SEED = 1;
  private static final int SPEED = 20;

  private static final Pattern BOOT_RUNS = Pattern.compile("box sb-home boot (\\d+) runs");

  /** Matches a decimal number that may be a coordinate. */
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,3}\\.\\d{3,}");

  @TempDir Path dir;

  private Mosquitto broker;
  private ChildProcess observer;
  private ChildProcess box;
  private final StringBuilder statuses = new StringBuilder();
  private final StringBuilder logs = new StringBuilder();

  @AfterEach
  void stop() {
    box.close();
    observer.close();
    broker.close();
  }

  @Test
  void noFileHoldsAPlaceWithinTheZone() throws IOException {
    assertTrue(secondsWithin() >= 10, "the simulated ride does not cross the zone");
    ride();
    assertEquals(0, box.terminate(15), box.errors());
    requireTwoStretches();
    broker.stop();

    assertTrue(statuses.indexOf("\"gnss\":{\"mode\":3,\"used\":") > 0, "status without gnss");
    Map<String, byte[]> left = filesAndInflatedContents();
    Map<String, Integer> places = new TreeMap<>();
    left.forEach((name, bytes) -> places.put(name, outsideOnly(name, bytes)));
    for (String name : List.of("outbox.db", "mosquitto.db", "mosquitto_sub", "status.json")) {
      assertTrue(
          places.entrySet().stream().anyMatch(e -> e.getKey().contains(name) && e.getValue() > 10),
          "no positions at all in " + name + ", so the search proves nothing: " + places);
    }
  }

  /**
   * Returns how many of the first 600 s of the ride are within the zone, by the simulation's true
   * positions.
   */
  private static long secondsWithin() {
    Ride ride = new Ride(SEED);
    return LongStream.range(0, 600)
        .mapToObj(second -> ride.at(second * 1_000).place())
        .filter((GroundTruth.Place place) -> isWithin(place.latDeg(), place.lonDeg()))
        .count();
  }

  /** Runs the box until rows after the zone have positions again, and keeps every status. */
  private void ride() throws IOException {
    Path kept = Files.createDirectory(dir.resolve("broker"));
    broker = Mosquitto.started(kept, "persistence true", "persistence_location " + kept + "/");
    observer = subscriber("observer");
    // The broker stores the messages for a session whose subscriber is away.
    try (ChildProcess absent = subscriber("absent", "-c", "-x", "3600", "-C", "1")) {
      box = startBox();
      absent.await(60);
    }
    Eventually.holds("the zone; " + box.errors(), () -> boots() == 1 && isDark());
    Eventually.holds("rows behind the zone; " + box.errors(), () -> boots() >= 2);
  }

  private int boots() throws IOException {
    noteStatus();
    return (int) rows().stream().map(SentRow::boot).distinct().count();
  }

  private List<SentRow> rows() throws IOException {
    return SentRow.in(observer.lines());
  }

  private boolean isDark() throws IOException {
    try {
      return Files.readString(dir.resolve("run/status.json")).contains("\"dark\":true");
    } catch (NoSuchFileException e) {
      return false; // between two boots
    }
  }

  /**
   * Checks that boots without holes, losses or events are all that can be seen, and that no number
   * of a boot was taken in the dark. Where time runs faster than real time and the process stands
   * still for a moment, a correction of time may be among them, because the first fix is dated
   * seconds too late, and a boot may have nothing to be seen, because without a fix for seconds it
   * may be within the zone again.
   */
  private void requireTwoStretches() throws IOException {
    String all = String.join("\n", observer.lines());
    assertFalse(all.replace("\"kind\":\"time\"", "").contains("\"kind\""), "an event: " + all);
    assertFalse(all.contains("\"drops\""), "drops: " + all);
    Map<Integer, Set<Long>> seqs = new TreeMap<>();
    for (SentRow row : rows()) {
      long seq = Long.parseLong(row.fields().get("seq"));
      seqs.computeIfAbsent(row.boot(), any -> new TreeSet<>()).add(seq);
      assertEquals(0, Integer.parseInt(row.fields().get("q")) >> 13 & 1, "bit 13 of " + row);
    }
    logs.append(box.errors());
    List<Integer> ran =
        BOOT_RUNS.matcher(logs).results().map(found -> Integer.valueOf(found.group(1))).toList();
    assertEquals(IntStream.rangeClosed(1, ran.size()).boxed().toList(), ran, "boots outside");
    assertTrue(ran.containsAll(seqs.keySet()), seqs.keySet() + " of " + ran);
    seqs.forEach(
        (boot, of) ->
            assertEquals(
                LongStream.rangeClosed(1, of.size()).boxed().collect(Collectors.toSet()),
                of,
                "seqs of boot " + boot));
    assertFalse(broker.log().contains("Client sb-home closed"), broker.log());
  }

  @Test
  void aBoxThatIsSwitchedOffInTheZoneTellsNobody() throws IOException {
    Path kept = Files.createDirectory(dir.resolve("broker"));
    broker = Mosquitto.started(kept);
    observer = subscriber("observer");
    box = startBox();
    Eventually.holds("a row; " + box.errors(), () -> boots() == 1);
    Eventually.holds("the zone; " + box.errors(), this::isDark);
    assertEquals("yes\n", Files.readString(dir.resolve("data/hidden")));
    assertTrue(Files.readString(dir.resolve("data/boot")).startsWith("1 "), "a boot was counted");
    box.kill();
    logs.append(box.errors());
    Files.delete(dir.resolve("run/status.json"));
    statuses.setLength(0);
    int sent = observer.lines().size();
    assertTrue(observer.lines().get(sent - 1).contains("\"state\":\"offline\""));
    box =
        ChildProcess.start(
            dir, Program.STREETBOX, "run", "--config", "" + dir.resolve("etc/streetbox.toml"));
    Eventually.holds("a start in the dark; " + box.errors(), this::isDark);
    Eventually.holds("rows of the next stretch; " + box.errors(), () -> boots() == 2);
    assertEquals(0, box.terminate(15), box.errors());
    requireTwoStretches();
  }

  private void noteStatus() throws IOException {
    try {
      statuses.append(Files.readString(dir.resolve("run/status.json")));
    } catch (NoSuchFileException e) {
      // The box has not written a status yet.
    }
  }

  private ChildProcess subscriber(String id, String... more) throws IOException {
    String[] arguments = {
      "-V",
      "mqttv5",
      "-h",
      "127.0.0.1",
      "-p",
      "" + broker.port(),
      "-q",
      "1",
      "-i",
      id,
      "-t",
      "streetbox/v1/sb-home/#"
    };
    return ChildProcess.start(
        dir,
        Program.MOSQUITTO_SUB,
        Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new));
  }

  private ChildProcess startBox() throws IOException {
    Path config = Files.createDirectory(dir.resolve("etc")).resolve("streetbox.toml");
    Files.writeString(
        config,
        """
        [box]
        id = "sb-home"
        data_dir = "%1$s/data"
        run_dir = "%1$s/run"
        [[sensor]]
        driver = "pms5003"
        bus = "sim"
        [gnss]
        source = "sim"
        [store]
        commit_period = "5s"
        [mqtt]
        broker = "%2$s"
        encoding = "json"
        live_period = "5s"
        [[privacy.zone]]
        name = "home"
        lat = %3$s
        lon = %4$s
        radius_m = %5$s
        [simulate]
        speed = %6$d
        seed = %7$d
        """
            .formatted(dir, broker.uri(), HOME_LAT, HOME_LON, RADIUS_M, SPEED, SEED));
    return ChildProcess.start(dir, Program.STREETBOX, "run", "--config", config.toString());
  }

  /**
   * Returns every file and its inflated contents; the configuration is left out, because it must
   * hold the zone.
   */
  private Map<String, byte[]> filesAndInflatedContents() throws IOException {
    Map<String, byte[]> all = new TreeMap<>();
    all.put("status.json", statuses.toString().getBytes(StandardCharsets.UTF_8));
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(dir.resolve("etc"))) {
          byte[] bytes = Files.readAllBytes(file);
          all.put(file.getFileName().toString(), bytes);
          all.put(file.getFileName() + ", inflated", inflated(bytes));
        }
      }
    }
    return all;
  }

  /** Returns the inflated contents of every zlib stream in the bytes, at any offset. */
  private static byte[] inflated(byte[] bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[65_536];
    for (int at = 0; at + 1 < bytes.length; at++) {
      if (bytes[at] != 0x78 || (0x7800 + (bytes[at + 1] & 0xff)) % 31 != 0) {
        continue;
      }
      Inflater inflater = new Inflater();
      inflater.setInput(bytes, at, bytes.length - at);
      try {
        for (int count = 1; count > 0; ) {
          count = inflater.inflate(buffer);
          all.write(buffer, 0, count);
        }
      } catch (DataFormatException e) {
        // Not zlib, or a truncated stream; the bytes inflated before the error are searched.
      } finally {
        inflater.end();
      }
    }
    return all.toByteArray();
  }

  /**
   * Fails if the bytes hold a position within the zone; returns the number of positions in the
   * text.
   */
  private static int outsideOnly(String name, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Matcher number = NUMBER.matcher(text);
    int places = 0;
    double before = Double.NaN;
    int end = 0;
    while (number.find()) {
      double now = Double.parseDouble(number.group());
      boolean together = number.start() - end < 40;
      assertTrue(
          !together || !(isWithin(before, now) || isWithin(now, before)),
          () -> name + ": " + text.substring(number.start(), number.end()));
      places += together && Math.abs(before - HOME_LAT) < 0.1 ? 1 : 0;
      before = now;
      end = number.end();
    }
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
      for (int at = 0; at + 16 <= bytes.length; at++) {
        assertTrue(!isWithin(buffer.getDouble(at), buffer.getDouble(at + 8)), name + " at " + at);
      }
    }
    return places;
  }

  private static boolean isWithin(double lat, double lon) {
    double north = (lat - HOME_LAT) * METRES_PER_DEGREE;
    double east = (lon - HOME_LON) * METRES_PER_DEGREE * Math.cos(Math.toRadians(HOME_LAT));
    return Math.hypot(north, east) < RADIUS_M;
  }
}
