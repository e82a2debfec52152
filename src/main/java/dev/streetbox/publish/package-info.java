/**
 * The broker: two lanes of batches out, acknowledgements back; and the reference subscriber.
 *
 * <p>Batches enter; acknowledged ranges leave. It must not know how rows are measured or stored.
 */
package dev.streetbox.publish;
