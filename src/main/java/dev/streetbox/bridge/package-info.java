/**
 * Carries messages of boxes from the MQTT broker to their store, directly or through Kafka: the two
 * sources of messages, the form of a message in Kafka, and the bridge from the one to the other.
 * The package is part of the backend's distribution only.
 */
package dev.streetbox.bridge;
