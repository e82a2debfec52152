/**
 * Connects to an MQTT 5 broker: sockets, TLS, reconnecting, and the meaning of every reason code.
 *
 * <p>Input: messages to send, sessions and settings. Output: messages that arrived, answers and
 * losses. This is the only package that uses Paho. It does not depend on rows, the outbox, {@code
 * publish} or {@code listen}.
 */
package dev.streetbox.mqtt;
