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

/** Whether a part is there, is the right one, and says what can be true. For its wire's thread. */
final class SensorCheck {
  /** A part in still air speaks every 2.3 s (Plantower); a microphone after 2 s. */
  private static final long PATIENCE_MS = 4_000;

  private final Place place;
  private final SensorSettings settings;
  private final String about;
  private final Time time;

  SensorCheck(Place place, Time time) {
    this.place = place;
    this.settings = place.settings();
    this.about = "sensor " + settings.name();
    this.time = time;
  }

  /** What the check is about. */
  String about() {
    return about;
  }

  /** A part on a bus that was looked around on: a wrong part is not started. */
  Finding on(BusScan scan) throws InterruptedIOException {
    int address = settings.place().i2cAddress().orElseThrow();
    Optional<PartIdentification> own = settings.part().wiring().identification();
    Optional<PartIdentification> there = scan.at(address).flatMap(BusScan.Found::part);
    if (there.isPresent() && !there.equals(own)) {
      return Finding.fail(
          about,
          "at 0x%02x is %s, not %s".formatted(address, there.get().label(), name()),
          "another part at the address, or the wrong driver in the configuration",
          "the right driver or address in [[sensor]] " + settings.name());
    }
    Optional<Integer> elsewhere = own.flatMap(scan::addressOf);
    if (scan.at(address).isEmpty() && elsewhere.isPresent()) {
      return Finding.fail(
          about,
          "nobody at 0x%02x, but %s at 0x%02x"
              .formatted(address, own.get().label(), elsewhere.get()),
          "the part's address pin is wired another way",
          "address = 0x%02x in [[sensor]] %s".formatted(elsewhere.get(), settings.name()));
    }
    return alone();
  }

  /** A part as it is, whatever else is on its wire. */
  Finding alone() throws InterruptedIOException {
    Sensor sensor = place.sensor();
    try {
      start(sensor);
      return SampleCheck.judge(about, listen(sensor));
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return Finding.fail(about, e, cause(e), cure());
    } finally {
      sensor.close();
    }
  }

  /** Dust on a contact may cost the first answer. */
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

  /** The first readings; failing those, the last flags. */
  private Sample listen(Sensor sensor) throws IOException {
    long limitMs = time.tickMs() + PATIENCE_MS;
    Sample last = Sample.NOTHING;
    while (time.tickMs() < limitMs && last.readings().isEmpty()) {
      if (!sensor.rhythm().period().isZero()) {
        time.sleep(sensor.rhythm().period());
      }
      Sample sample = sensor.read();
      last = sample.isEmpty() ? last : sample;
    }
    if (last.isEmpty()) {
      throw new BusException("silent for " + PATIENCE_MS / 1_000 + " s", BusException.UNKNOWN);
    }
    return last;
  }

  private static String cause(IOException e) {
    return e instanceof BusException bus && bus.isNack()
        ? "the part is missing, has no power, or SDA and SCL are swapped"
        : "";
  }

  private String cure() {
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
