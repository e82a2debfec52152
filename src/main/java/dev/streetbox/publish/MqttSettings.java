package dev.streetbox.publish;

import dev.streetbox.measure.Encoding;
import dev.streetbox.mqtt.BrokerSettings;
import java.time.Duration;

/**
 * Says where batches are sent and how: section {@code [mqtt]} of the configuration.
 *
 * @param broker where the broker is, and the login
 * @param topicRoot the topics' common beginning, without a slash at either end
 * @param livePeriod one live batch this often
 * @param backlogRate backlog rows a second at most
 * @param encoding how batches are written
 */
public record MqttSettings(
    BrokerSettings broker,
    String topicRoot,
    Duration livePeriod,
    int backlogRate,
    Encoding encoding) {}
