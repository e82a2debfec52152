/**
 * Moving bytes, and time.
 *
 * <p>Requests enter; bytes, ticks and {@link java.io.IOException} leave. It must not know what the
 * bytes mean.
 */
package dev.streetbox.bus;
