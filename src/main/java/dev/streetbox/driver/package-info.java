/**
 * Drives the sensors: one final class per part with its commands, waits and conversions.
 *
 * <p>A driver turns the bytes of one port into samples. It depends neither on threads nor on the
 * row nor on other parts at its bus.
 */
package dev.streetbox.driver;
