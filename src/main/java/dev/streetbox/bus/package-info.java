/**
 * Transfers bytes to and from hardware, and gives time.
 *
 * <p>Input is requests, output is bytes, ticks and {@link java.io.IOException}. The package does
 * not interpret the bytes.
 */
package dev.streetbox.bus;
