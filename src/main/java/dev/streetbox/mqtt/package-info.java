/**
 * Connects to an MQTT 5 broker: sockets, TLS, reconnecting, and the meaning of every reason code.
 *
 * <p>Messages to send, sessions and settings enter; messages that arrived, answers and losses
 * leave. The only package with Paho. It must not know rows, the outbox, who publishes and who
 * listens.
 */
package dev.streetbox.mqtt;
