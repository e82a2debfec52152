package dev.streetbox.simulate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * Simulates gpsd 3.22 with one receiver at its TCP port (gpsd_json(5), protocol 3.14; objects and
 * fields as recorded from a real one). Epochs are the whole seconds of UTC; the report of an epoch
 * is sent 120 ms later.
 */
final class GpsdDevice implements SimSerial.SerialDevice {
  /** Time from an epoch to its report, for the receiver's computing and its serial line. */
  static final long REPORT_MS = 120;

  private static final String DEVICE = "/dev/ttyACM0";
  private static final String VERSION =
      "{\"class\":\"VERSION\",\"release\":\"3.22\",\"rev\":\"3.22\","
          + "\"proto_major\":3,\"proto_minor\":14}\r\n";
  private static final String WATCH =
      "{\"class\":\"WATCH\",\"enable\":%b,\"json\":%b,\"nmea\":false,\"raw\":0,"
          + "\"scaled\":false,\"timing\":false,\"split24\":false,\"pps\":false}\r\n";
  private static final Duration ROLLOVER = Duration.ofDays(1_024 * 7);
  private static final double METRES_PER_DEGREE = 111_320;
  private static final int TWO_PARTS_EVERY = 5; // epochs
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;
  private final Instant start;
  private final Duration firstFix;
  private boolean watched;
  private long nextMs;
  private long poweredMs;

  /**
   * Makes a receiver on that ride.
   *
   * @param start the time of day at tick 0
   * @param firstFix the time from power-up to the first position
   */
  GpsdDevice(
      LongFunction<GroundTruth> world,
      SimulatedPart simulatedPart,
      Instant start,
      Duration firstFix) {
    this.world = world;
    this.simulatedPart = simulatedPart;
    this.start = start;
    this.firstFix = firstFix;
  }

  @Override
  public void powerUp(long tickMs) {
    poweredMs = tickMs;
  }

  @Override
  public byte[] onOpen(long tickMs) {
    watched = false;
    return bytes(VERSION);
  }

  @Override
  public byte[] answer(byte[] written, long tickMs) {
    StringBuilder answer = new StringBuilder();
    for (String request : new String(written, StandardCharsets.UTF_8).split("[;\r\n]+", -1)) {
      if (!request.isBlank()) {
        answer.append(answer(request.replace(" ", ""), tickMs));
      }
    }
    return bytes(answer.toString());
  }

  @Override
  public long nextMs() {
    return watched ? nextMs : Long.MAX_VALUE;
  }

  @Override
  public byte[] nextOutput() {
    long epochMs = nextMs - REPORT_MS;
    nextMs += 1_000;
    return bytes(report(epochMs));
  }

  private String answer(String request, long tickMs) {
    if (request.startsWith("?VERSION")) {
      return VERSION;
    }
    if (request.startsWith("?DEVICES")) {
      return devices();
    }
    if (!request.startsWith("?WATCH")) {
      return "{\"class\":\"ERROR\",\"message\":\"Unrecognized request\"}\r\n";
    }
    watched = request.contains("\"enable\":true") && request.contains("\"json\":true");
    long utcMs = start.toEpochMilli() + tickMs;
    nextMs = tickMs + 1_000 - Math.floorMod(utcMs, 1_000L) + REPORT_MS;
    return devices() + json(WATCH, watched, watched);
  }

  private String devices() {
    return json(
        "{\"class\":\"DEVICES\",\"devices\":[{\"class\":\"DEVICE\",\"path\":\"%s\","
            + "\"driver\":\"u-blox\",\"activated\":\"%s\",\"native\":1,\"bps\":9600,"
            + "\"parity\":\"N\",\"stopbits\":1,\"cycle\":1.00}]}\r\n",
        DEVICE, UTC.format(start.plusMillis(poweredMs)));
  }

  /**
   * Returns the report of one epoch. In every fifth epoch the position comes first alone, because a
   * real gpsd reports an epoch in two parts too.
   */
  private String report(long epochMs) {
    GroundTruth.Place place = world.apply(epochMs).place();
    long onMs = epochMs - poweredMs;
    if (onMs < firstFix.toMillis() || !place.openSky() || simulatedPart.has(InjectedFault.NO_FIX)) {
      // One satellite is enough for the time, so that it is known long before the position.
      String time = onMs < firstFix.toMillis() / 2 ? "" : "," + time(epochMs);
      return json("{\"class\":\"TPV\",\"device\":\"%s\",\"mode\":1%s}\r\n", DEVICE, time)
          + json("{\"class\":\"SKY\",\"device\":\"%s\",\"nSat\":4,\"uSat\":0}\r\n", DEVICE);
    }
    boolean twoParts = Math.floorDiv(epochMs, 1_000L) % TWO_PARTS_EVERY == 0;
    return (twoParts ? tpv(epochMs, place, 2, "") : "")
        + json(
            "{\"class\":\"SKY\",\"device\":\"%s\",%s,\"hdop\":%.2f,\"nSat\":19,\"uSat\":%d}\r\n",
            DEVICE, time(epochMs), place.accuracyM() / 4, (int) (14 - place.accuracyM()))
        + tpv(epochMs, place, 3, quality(place));
  }

  private String tpv(long epochMs, GroundTruth.Place place, int mode, String rest) {
    // Multipath between the houses: the error changes slowly within the stated accuracy.
    double errorM = 0.4 * place.accuracyM();
    double northM = errorM * Math.sin(epochMs / 29_000.0);
    double eastM = errorM * Math.cos(epochMs / 41_000.0);
    double degreesPerMetre = 1 / METRES_PER_DEGREE;
    double lon = eastM * degreesPerMetre / Math.cos(Math.toRadians(place.latDeg()));
    return json(
        "{\"class\":\"TPV\",\"device\":\"%s\",\"mode\":%d,%s,\"ept\":0.005,"
            + "\"lat\":%.9f,\"lon\":%.9f%s}\r\n",
        DEVICE,
        mode,
        time(epochMs),
        place.latDeg() + northM * degreesPerMetre,
        place.lonDeg() + lon,
        rest);
  }

  /** Returns height, motion and errors; a standing receiver has no course. */
  private static String quality(GroundTruth.Place place) {
    String track = place.speedMps() < 0.3 ? "" : json("\"track\":%.4f,", place.courseDeg() % 360);
    return json(
        ",\"altHAE\":%.4f,\"altMSL\":%.4f,\"epx\":%.3f,\"epy\":%.3f,\"epv\":%.3f,%s"
            + "\"speed\":%.3f,\"climb\":0.000,\"eps\":0.30,\"eph\":%.3f,\"leapseconds\":18",
        place.altM() - 9.5,
        place.altM(),
        0.7 * place.accuracyM(),
        0.7 * place.accuracyM(),
        1.6 * place.accuracyM(),
        track,
        place.speedMps(),
        place.accuracyM());
  }

  private String time(long epochMs) {
    Instant time = start.plusMillis(epochMs);
    if (simulatedPart.has(InjectedFault.WEEK_ROLLOVER)) {
      time = time.minus(ROLLOVER);
    }
    return "\"time\":\"" + UTC.format(time) + "\"";
  }

  private static String json(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
