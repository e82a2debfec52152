/**
 * One final class per part: its commands, its waits, its conversions.
 *
 * <p>Bytes of one port enter; samples leave. It must not know threads, the row, who else is on the
 * bus.
 */
package dev.streetbox.driver;
