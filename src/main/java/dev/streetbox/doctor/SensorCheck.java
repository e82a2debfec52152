package dev.streetbox.doctor;

import dev.streetbox.agent.PartsBench.Place;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.Sample;
import dev.streetbox.part.PartIdentification;
import dev.streetbox.part.SensorSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks that a part is present, is the right one, and measures plausibly. For the bus's thread.
 */
final class SensorCheck {
  /** The longest interval between readings is 2.3 s (Plantower in still air), plus a margin. */
  private static final long TIME_LIMIT_MS = 4_000;

  private final Place place;
  private final SensorSettings settings;
  private final String subject;
  private final Time time;

  SensorCheck(Place place, Time time) {
    this.place = place;
    this.settings = place.settings();
    this.subject = "sensor " + settings.name();
    this.time = time;
  }

  /** Returns the subject of the finding, as {@code sensor pm}. */
  String subject() {
    return subject;
  }

  /**
   * Checks a part on a scanned I2C bus. If the scan found another part at the address, the part is
   * not started, because its commands may have another meaning to the other part.
   *
   * @throws InterruptedIOException if the thread was interrupted
   */
  Finding findingOnBus(BusScan scan) throws InterruptedIOException {
    int address = settings.place().i2cAddress().orElseThrow();
    Optional<PartIdentification> own = settings.part().wiring().identification();
    Optional<PartIdentification> present = scan.at(address).flatMap(BusScan.Found::part);
    if (present.isPresent() && !present.equals(own)) {
      return Finding.fail(
          subject,
          "at 0x%02x is %s, not %s".formatted(address, present.get().label(), name()),
          "another part at the address, or the wrong driver in the configuration",
          "set the right driver or address in [[sensor]] " + settings.name());
    }
    Optional<Integer> elsewhere = own.flatMap(scan::addressOf);
    if (scan.at(address).isEmpty() && elsewhere.isPresent()) {
      return Finding.fail(
          subject,
          "no part at 0x%02x, but %s at 0x%02x"
              .formatted(address, own.get().label(), elsewhere.get()),
          "the part's address pin is wired to another level",
          "set address = 0x%02x in [[sensor]] %s".formatted(elsewhere.get(), settings.name()));
    }
    return finding();
  }

  /**
   * Starts the part, judges its first readings and closes it.
   *
   * @throws InterruptedIOException if the thread was interrupted; the part is closed
   */
  Finding finding() throws InterruptedIOException {
    Sensor sensor = place.sensor();
    try {
      start(sensor);
      Sample sample = firstSample(sensor);
      return SampleCheck.judge(subject, sample, sensor.remark());
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return Finding.fail(subject, e, cause(e), remedy());
    } finally {
      sensor.close();
    }
  }

  /** Starts a part; tries once more after a NACK, because dust on a contact may cause one NACK. */
  private static void start(Sensor sensor) throws IOException {
    try {
      sensor.start();
    } catch (BusException e) {
      if (!e.isNack()) {
        throw e;
      }
      sensor.close();
      sensor.start();
    }
  }

  /** Reads until there are readings, 4 s at most; without readings returns the last flags. */
  private Sample firstSample(Sensor sensor) throws IOException {
    long limitMs = time.tickMs() + TIME_LIMIT_MS;
    Sample last = Sample.NOTHING;
    while (time.tickMs() < limitMs && last.readings().isEmpty()) {
      if (!sensor.rhythm().period().isZero()) {
        time.sleep(sensor.rhythm().period());
      }
      Sample sample = sensor.read();
      last = sample.isEmpty() ? last : sample;
    }
    if (last.isEmpty()) {
      throw new BusException(
          sensor.remark().orElse("silent for " + TIME_LIMIT_MS / 1_000 + " s"),
          BusException.UNKNOWN);
    }
    return last;
  }

  private static String cause(IOException e) {
    return e instanceof BusException bus && bus.isNack()
        ? "the part is missing, has no power, or SDA and SCL are swapped"
        : "";
  }

  private String remedy() {
    String raw = "; then: streetbox read --raw " + settings.name();
    String i2c = "check VDD, GND, SDA (pin 3), SCL (pin 5)" + raw;
    return settings
        .part()
        .wiring()
        .match(
            onBus -> i2c,
            atConverter -> i2c,
            onUart -> "check its plug, its 5 V, and TX to RX" + raw,
            onSoundCard -> "check its plug; then: arecord --list-devices");
  }

  private String name() {
    return settings.part().key().toUpperCase(Locale.ROOT);
  }
}
