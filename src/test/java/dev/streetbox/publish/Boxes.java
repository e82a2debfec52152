package dev.streetbox.publish;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Encoding;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.outbox.Outbox;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Makes what tests publish: the box {@code sb-0042} below the topic root {@code t/v1}. */
final class Boxes {
  static final String ROOT = "t/v1";
  static final BoxInfo IDENTITY =
      new BoxInfo("sb-0042", "0.1.0", "c0", false, boot -> Optional.of("ca"));

  private Boxes() {}

  /** Returns settings with a live batch every 5 s, 200 backlog rows a second and plain JSON. */
  static MqttSettings settings() {
    return settings(Encoding.JSON);
  }

  /** Returns the same settings with the largest rate of backlog rows. */
  static MqttSettings unlimitedBacklog() {
    MqttSettings all = settings();
    return new MqttSettings(
        all.broker(),
        all.topicRoot(),
        all.livePeriod(),
        all.diagPeriod(),
        5000,
        all.encoding(),
        all.resendRowsPerDay());
  }

  /** Returns the same settings with another limit of rows a day that are sent once more. */
  static MqttSettings settings(int resendRowsPerDay) {
    MqttSettings all = settings();
    return new MqttSettings(
        all.broker(),
        all.topicRoot(),
        all.livePeriod(),
        all.diagPeriod(),
        all.backlogRate(),
        all.encoding(),
        resendRowsPerDay);
  }

  /** Returns the same settings in another encoding. */
  static MqttSettings settings(Encoding encoding) {
    BrokerSettings nowhere = BrokerSettings.anonymous(URI.create("mqtt://broker.test:1883"));
    return new MqttSettings(
        nowhere, ROOT, Duration.ofSeconds(5), Duration.ofMinutes(5), 200, encoding, 100_000);
  }

  /** Returns a box that publishes an outbox under its own name. */
  static PublishedBox box(Outbox outbox) {
    return box(outbox, Encoding.JSON);
  }

  /** Returns the same box in another encoding. */
  static PublishedBox box(Outbox outbox, Encoding encoding) {
    return new PublishedBox(IDENTITY, new PlainNames("sb-0042"), settings(encoding), outbox);
  }

  /** Returns lanes without other ids, and with requests of their own for rows to send again. */
  static Lanes lanes(Outbox outbox, InFlightMessages inFlight) {
    return lanes(outbox, inFlight, resends(outbox));
  }

  /** Returns the same lanes with these requests. */
  static Lanes lanes(Outbox outbox, InFlightMessages inFlight, Resends resends) {
    PublishedBox box = box(outbox);
    return new Lanes(box, inFlight, new OtherIds(box.names(), outbox), resends);
  }

  /** Returns requests of a box whose clock stands still. */
  static Resends resends(Outbox outbox) {
    return new Resends(box(outbox), new ScriptedTime());
  }

  /** Returns the shared fields of an uncalibrated box under these names. */
  static SharedFields sharedFields(PublishedNames names) {
    return new SharedFields(names, false, boot -> Optional.empty());
  }
}
