package dev.streetbox.publish;

import dev.streetbox.command.Command;
import dev.streetbox.command.RefusedException;
import dev.streetbox.datadir.StoredSection;
import dev.streetbox.measure.Encoding;
import dev.streetbox.measure.JsonTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the settings that a command may change: those of the configuration file, and what was set
 * instead. A change takes itself back after ten minutes unless a batch that was sent with it was
 * acknowledged, so that no change can silence a box. If the file's own value changes later, the
 * file's value holds. Safe for every thread; all times are of the rows' clock.
 */
public final class RemoteSettings implements StoredSection {
  /** The time after which a change that no batch has confirmed is taken back, in ms. */
  static final long PROBATION_MS = 600_000;

  /** The name of the section in the file of commands. */
  public static final String SECTION = "settings";

  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  /**
   * Holds what was set instead of a setting of the file.
   *
   * @param value the value, as a text
   * @param box the published id under which it was set
   * @param revision the number of changes up to this one
   * @param untilMs when it is taken back unless it is confirmed
   */
  private record Change(
      String value, String box, long revision, long untilMs, boolean isConfirmed) {}

  /**
   * Describes a setting that was changed.
   *
   * @param key the setting, as {@code live_period}
   * @param value its value, as a text
   * @param confirmed whether a batch that was sent with it was acknowledged
   * @param leftS the seconds until it is taken back otherwise; 0 if it is confirmed
   */
  public record Changed(String key, String value, boolean confirmed, long leftS) {}

  private final MqttSettings settings;
  private final Map<RemoteKey, String> file = new EnumMap<>(RemoteKey.class);
  private final Map<RemoteKey, Change> changes = new EnumMap<>(RemoteKey.class);
  private long revision;
  private long nowMs;

  /** Holds the settings of the file, of which none was changed. */
  public RemoteSettings(MqttSettings settings) {
    this.settings = settings;
    file.put(RemoteKey.LIVE_PERIOD, RemoteKey.text(settings.livePeriod().toMillis()));
    file.put(RemoteKey.DIAG_PERIOD, RemoteKey.text(settings.diagPeriod().toMillis()));
    file.put(RemoteKey.BACKLOG_RATE, Integer.toString(settings.backlogRate()));
    file.put(RemoteKey.ENCODING, settings.encoding().key());
  }

  /** Returns the settings that hold now. */
  public synchronized MqttSettings settings() {
    return new MqttSettings(
        settings.broker(),
        settings.topicRoot(),
        livePeriod(),
        diagPeriod(),
        backlogRate(),
        encoding(),
        settings.resendRowsPerDay());
  }

  /** Returns the interval between two live batches. */
  public Duration livePeriod() {
    return duration(RemoteKey.LIVE_PERIOD);
  }

  /** Returns the interval between two messages on topic {@code diag}. */
  public Duration diagPeriod() {
    return duration(RemoteKey.DIAG_PERIOD);
  }

  /** Returns the largest number of backlog rows a second. */
  public int backlogRate() {
    return Integer.parseInt(value(RemoteKey.BACKLOG_RATE));
  }

  /** Returns the encoding of batches. */
  public Encoding encoding() {
    return Encoding.of(value(RemoteKey.ENCODING)).orElseThrow();
  }

  private Duration duration(RemoteKey key) {
    return Duration.ofMillis(RemoteKey.milliseconds(value(key)).orElseThrow());
  }

  private synchronized String value(RemoteKey key) {
    return Optional.ofNullable(changes.get(key)).map(Change::value).orElse(file.get(key));
  }

  /**
   * Does the command {@code set}.
   *
   * @return the key, the value that holds now and, if it may be taken back, after how many seconds
   * @throws RefusedException if there is no such setting or the value is outside its bounds
   */
  public synchronized Map<String, Object> set(Command command, long atMs) throws RefusedException {
    String name = command.arguments().text("key");
    RemoteKey key =
        RemoteKey.of(name)
            .orElseThrow(
                () ->
                    new RefusedException(
                        "key is live_period, encoding, diag_period or backlog_rate"));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("key", key.key());
    if (command.arguments().isNull("value")) {
      changes.remove(key);
      result.put("value", file.get(key));
    } else {
      String value = key.value(command.arguments());
      revision++;
      changes.put(key, new Change(value, command.box(), revision, atMs + PROBATION_MS, false));
      result.put("value", value);
      result.put("until_s", PROBATION_MS / 1000);
    }
    LOG.info("set from afar: {} = {}", key.key(), result.get("value"));
    return result;
  }

  /** Returns the number of changes so far, to be read before a batch is composed. */
  synchronized long revision() {
    return revision;
  }

  /**
   * Notes that a batch was acknowledged, which confirms all that was set before it was composed.
   *
   * @param composed what {@link #revision} returned before
   */
  synchronized void onBatchAcknowledged(long composed) {
    changes.replaceAll(
        (key, change) ->
            composed < change.revision()
                ? change
                : new Change(change.value(), change.box(), change.revision(), 0, true));
  }

  /** Takes back what was not confirmed in time; to be called about once a second. */
  synchronized void takeBackDue(long atMs) {
    nowMs = atMs;
    for (RemoteKey key : RemoteKey.values()) {
      Optional<Change> due =
          Optional.ofNullable(changes.get(key))
              .filter(change -> !change.isConfirmed() && atMs >= change.untilMs());
      if (due.isPresent()) {
        changes.remove(key);
        LOG.warn(
            "set from afar: {} is {} again: no batch was acknowledged with {} in 10 minutes",
            key.key(),
            file.get(key),
            due.get().value());
      }
    }
  }

  /** Takes back what was set under another published id, because it ends at midnight. */
  synchronized void keepOnlyOf(String box) {
    if (changes.values().removeIf(change -> !change.box().equals(box))) {
      LOG.info("set from afar: what was set under another name has ended");
    }
  }

  /** Returns the settings that were changed. */
  public synchronized List<Changed> changed() {
    List<Changed> changed = new ArrayList<>();
    changes.forEach(
        (key, change) ->
            changed.add(
                new Changed(key.key(), change.value(), change.isConfirmed(), leftS(change))));
    return changed;
  }

  private long leftS(Change change) {
    return change.isConfirmed() ? 0 : Math.max(1, (change.untilMs() - nowMs + 999) / 1000);
  }

  @Override
  public String key() {
    return SECTION;
  }

  @Override
  public synchronized Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    changes.forEach(
        (key, change) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("value", change.value());
          one.put("file", file.get(key));
          one.put("box", change.box());
          one.put("left_s", leftS(change));
          one.put("confirmed", change.isConfirmed());
          content.put(key.key(), one);
        });
    return content;
  }

  /** {@inheritDoc} A change is passed over if the file has another value than when it was made. */
  @Override
  public synchronized void restore(JsonTree content) {
    for (RemoteKey key : RemoteKey.values()) {
      JsonTree stored = content.child(key.key());
      String value = stored.string("value").orElse("");
      if (key.isValue(value) && stored.string("file").equals(Optional.of(file.get(key)))) {
        long leftMs = (long) (1000 * stored.number("left_s").orElse(0));
        boolean isConfirmed = stored.isTrue("confirmed");
        long untilMs = Math.min(PROBATION_MS, leftMs);
        changes.put(
            key, new Change(value, stored.string("box").orElse(""), 0, untilMs, isConfirmed));
      }
    }
  }
}
