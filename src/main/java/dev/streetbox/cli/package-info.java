/**
 * What people type.
 *
 * <p>Arguments enter; text and exit codes leave. It must not know bytes, SQL, MQTT packets, or how
 * the configuration is written.
 */
package dev.streetbox.cli;
