package dev.streetbox.publish;

import dev.streetbox.outbox.Outbox;

/**
 * Says what a publisher publishes.
 *
 * @param identity who is online
 * @param names under which names boots are published
 * @param settings where to and how
 * @param outbox the rows and events
 */
public record PublishedBox(
    BoxInfo identity, PublishedNames names, MqttSettings settings, Outbox outbox) {}
