/**
 * Runs the commands that people type.
 *
 * <p>Input: arguments. Output: text and exit codes. The package uses neither bytes of a bus nor
 * SQL, MQTT packets or the syntax of the configuration.
 */
package dev.streetbox.cli;
