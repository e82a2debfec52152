/**
 * Composes one row a second, and decides which time of day to believe.
 *
 * <p>The board and clock readings enter; rows and anchors leave to the outbox. The package uses the
 * board of {@code sample}, and of {@code outbox} what takes rows and the last known time. It must
 * not use a driver, nor how rows are stored or sent.
 */
package dev.streetbox.record;
