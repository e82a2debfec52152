package dev.streetbox.publish;

import dev.streetbox.outbox.Outbox;

/**
 * Holds what a publisher publishes and where.
 *
 * @param info the content of the state
 * @param names the names under which boots are published
 * @param settings the broker, the topics and the rates
 * @param outbox the rows and events
 */
public record PublishedBox(
    BoxInfo info, PublishedNames names, MqttSettings settings, Outbox outbox) {}
