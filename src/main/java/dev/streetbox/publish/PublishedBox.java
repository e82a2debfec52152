package dev.streetbox.publish;

import dev.streetbox.outbox.Outbox;

/**
 * Holds what a publisher publishes and where.
 *
 * @param info the content of the state
 * @param names the names under which boots are published
 * @param settings the broker, the topics and the rates
 * @param outbox the rows and events
 * @param remote the settings that a command may change
 */
public record PublishedBox(
    BoxInfo info,
    PublishedNames names,
    MqttSettings settings,
    Outbox outbox,
    RemoteSettings remote) {
  /** Describes a box whose settings no command has changed. */
  public PublishedBox(BoxInfo info, PublishedNames names, MqttSettings settings, Outbox outbox) {
    this(info, names, settings, outbox, new RemoteSettings(settings));
  }
}
