/**
 * Keeps rows through power cuts until the broker has acknowledged them.
 *
 * <p>Rows, anchors, events and acknowledgements enter; batches leave. The package uses {@code
 * measure}, {@code datadir} and the monotonic clock of {@code bus}; it must not use how rows are
 * measured, composed or sent.
 */
package dev.streetbox.outbox;
