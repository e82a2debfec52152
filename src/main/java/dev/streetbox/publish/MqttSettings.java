package dev.streetbox.publish;

import dev.streetbox.measure.Encoding;
import dev.streetbox.mqtt.BrokerSettings;
import java.time.Duration;

/**
 * Holds section {@code [mqtt]} of the configuration.
 *
 * @param broker the broker's address, and the login
 * @param topicRoot the common beginning of all topics, without a slash at either end
 * @param livePeriod the time between live batches
 * @param diagPeriod the time between two messages {@code diag}
 * @param backlogRate the largest number of backlog rows per second
 * @param encoding the encoding of batches
 * @param resendRowsPerDay the largest number of rows that are sent once more within a day
 */
public record MqttSettings(
    BrokerSettings broker,
    String topicRoot,
    Duration livePeriod,
    Duration diagPeriod,
    int backlogRate,
    Encoding encoding,
    int resendRowsPerDay) {
  /** The default of {@code topic_root}. */
  public static final String DEFAULT_TOPIC_ROOT = "streetbox/v1";

  /** The default of {@code diag_period}. */
  public static final Duration DEFAULT_DIAG_PERIOD = Duration.ofMinutes(5);

  /** The default of {@code encoding}. */
  public static final Encoding DEFAULT_ENCODING = Encoding.JSON_GZIP;

  /** The default of {@code resend_rows_per_day}. */
  public static final int DEFAULT_RESEND_ROWS = 100_000;
}
