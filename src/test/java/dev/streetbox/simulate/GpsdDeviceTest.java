package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.bus.SerialPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the lines against gpsd_json(5), with values of the simulated ride. */
class GpsdDeviceTest {
  private static final Instant START = Instant.parse("2026-11-23T17:30:00.250Z");
  private static final String WATCH = "?WATCH={\"enable\":true,\"json\":true};";

  private final ScriptedTime time = new ScriptedTime(START);
  private final Simulation simulation = new Simulation(time, 7, START);
  private final SimulatedPart simulatedPart = simulation.part("gpsd");
  private final SerialPort port = simulation.tcp("127.0.0.1", 2947);

  @Test
  void theVersionComesAtOnceAndReportsOnlyAfterAWatch() throws IOException {
    port.open();
    Map<String, String> version = only(lines(1));
    assertEquals("VERSION", version.get("class"));
    assertEquals("3", version.get("proto_major"));
    assertEquals(List.of(), lines(10));
  }

  @Test
  void aWatchIsAnsweredWithDevicesAndTheWatch() throws IOException {
    watch();
    List<Map<String, String>> lines = lines(0);
    assertEquals("VERSION", lines.get(0).get("class"));
    assertEquals("DEVICES", lines.get(1).get("class"));
    assertEquals("WATCH", lines.get(2).get("class"));
    assertEquals("true", lines.get(2).get("enable"));
    port.write("?WATCH={\"enable\":false};\n".getBytes(StandardCharsets.UTF_8));
    assertEquals("false", lines(30).get(1).get("enable"));
    assertEquals(List.of(), lines(30));
  }

  @Test
  void anUnknownRequestIsAnError() throws IOException {
    port.open();
    lines(0);
    port.write("?FOO;?VERSION;".getBytes(StandardCharsets.UTF_8));
    List<Map<String, String>> lines = lines(0);
    assertEquals("ERROR", lines.get(0).get("class"));
    assertEquals("VERSION", lines.get(1).get("class"));
  }

  @Test
  void beforeTheFirstFixThereIsTimeButNoPosition() throws IOException {
    watch();
    List<Map<String, String>> early = positions(lines(5));
    assertEquals(5, early.size());
    for (Map<String, String> tpv : early) {
      assertEquals("1", tpv.get("mode"));
      assertFalse(tpv.containsKey("lat"));
    }
    assertFalse(early.get(0).containsKey("time"));
    assertTrue(early.get(4).containsKey("time"));
    assertEquals("3", positions(lines(2)).get(1).get("mode"));
  }

  @Test
  void aWholeHourAgreesWithTheRide() throws IOException {
    watch();
    lines(6);
    int lost = 0;
    int parts = 0;
    Instant last = Instant.EPOCH;
    for (int second = 6; second < 3_600; second++) {
      for (Map<String, String> tpv : positions(lines(1))) {
        Instant utc = Instant.parse(tpv.get("time"));
        long epochMs = Duration.between(START, utc).toMillis();
        assertTrue(time.tickMs() - epochMs < 1_000 + GpsdDevice.REPORT_MS, "late: " + tpv);
        assertEquals(0, utc.toEpochMilli() % 1_000);
        GroundTruth.Place place = simulation.ride().at(epochMs).place();
        assertEquals(place.openSky(), tpv.containsKey("lat"), tpv.toString());
        if (place.openSky()) {
          assertNear(place, tpv);
        }
        lost += place.openSky() ? 0 : 1;
        parts += utc.equals(last) ? 1 : 0;
        last = utc;
      }
    }
    assertTrue(lost >= 4 && lost <= 40, lost + " s under the bridge");
    assertTrue(parts > 600, parts + " epochs in two parts");
  }

  @Test
  void aLostFixKeepsTheTime() throws IOException {
    watch();
    lines(10);
    simulatedPart.fail(InjectedFault.NO_FIX);
    Map<String, String> tpv = positions(lines(2)).get(1);
    assertEquals("1", tpv.get("mode"));
    assertTrue(tpv.containsKey("time"));
    simulatedPart.heal();
    assertEquals("3", positions(lines(3)).get(2).get("mode"));
  }

  @Test
  void aCalendarThatRolledOverIs1024WeeksBehind() throws IOException {
    watch();
    lines(10);
    simulatedPart.fail(InjectedFault.WEEK_ROLLOVER);
    String utc = positions(lines(2)).get(1).get("time");
    assertTrue(utc.startsWith("2007-04-09T17:30:1"), utc);
  }

  @Test
  void anUnpluggedReceiverEndsTheConnectionAndItsNextFixTakesTimeAgain() throws IOException {
    watch();
    lines(10);
    simulatedPart.unplug();
    assertThrows(BusException.class, () -> lines(1));
    assertThrows(BusException.class, port::open);
    simulatedPart.plug();
    watch();
    assertEquals("1", positions(lines(2)).get(0).get("mode"));
  }

  private static void assertNear(GroundTruth.Place place, Map<String, String> tpv) {
    double northM = (number(tpv, "lat") - place.latDeg()) * 111_320;
    double eastM =
        (number(tpv, "lon") - place.lonDeg()) * 111_320 * Math.cos(Math.toRadians(40.07));
    assertTrue(Math.hypot(northM, eastM) <= place.accuracyM(), tpv.toString());
    if (tpv.get("mode").equals("3")) {
      assertEquals(place.speedMps(), number(tpv, "speed"), 0.001);
      assertEquals(place.accuracyM(), number(tpv, "eph"), 0.001);
      assertEquals(place.speedMps() >= 0.3, tpv.containsKey("track"));
      assertTrue(number(tpv, "eph") >= 2 && number(tpv, "eph") <= 8);
    }
  }

  private static double number(Map<String, String> line, String key) {
    return Double.parseDouble(line.get(key));
  }

  private void watch() throws IOException {
    port.open();
    port.write(WATCH.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Map<String, String>> positions(List<Map<String, String>> lines) {
    return lines.stream().filter(line -> line.get("class").equals("TPV")).toList();
  }

  private static Map<String, String> only(List<Map<String, String>> lines) {
    assertEquals(1, lines.size());
    return lines.get(0);
  }

  /** Returns the lines of the next seconds, each as the members of its outermost JSON object. */
  private List<Map<String, String>> lines(int seconds) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    long untilMs = time.tickMs() + 1_000L * seconds;
    byte[] some = new byte[512];
    int count;
    do {
      count = port.read(some, Duration.ofMillis(untilMs - time.tickMs()));
      stream.write(some, 0, count);
    } while (count > 0 || time.tickMs() < untilMs);
    List<Map<String, String>> lines = new ArrayList<>();
    for (String line : stream.toString(StandardCharsets.UTF_8).split("(?<=\n)", -1)) {
      if (!line.isEmpty()) {
        assertTrue(line.endsWith("}\r\n"), line);
        lines.add(members(line));
      }
    }
    return lines;
  }

  private static Map<String, String> members(String line) throws IOException {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      assertEquals(JsonToken.START_OBJECT, parser.nextToken());
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        members.put(name, parser.getText());
        parser.skipChildren();
      }
      assertEquals(null, parser.nextToken(), "more than one object: " + line);
    }
    return members;
  }
}
