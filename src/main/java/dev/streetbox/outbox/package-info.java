/**
 * The rows until the broker has them, through power cuts.
 *
 * <p>Rows, anchors and acknowledgements enter; batches leave. It must not know how rows are
 * measured, how batches are sent.
 */
package dev.streetbox.outbox;
