/**
 * What people type.
 *
 * <p>Arguments and the configuration file enter; text and exit codes leave. It must not know bytes,
 * SQL, MQTT packets.
 */
package dev.streetbox.cli;
