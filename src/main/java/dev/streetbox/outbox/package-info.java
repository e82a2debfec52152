/**
 * The rows until the broker has them, through power cuts.
 *
 * <p>Rows, anchors, events and acknowledgements enter; batches leave. The package knows the
 * domain's values, the small files of {@code datadir} and a monotonic clock; it must not know how
 * rows are measured, composed or sent.
 */
package dev.streetbox.outbox;
