/**
 * The words of the domain: quantities, samples, rows, their quality and their time.
 *
 * <p>Nothing enters; values leave. It must not know any other package, the wires, the disk, the
 * broker.
 */
package dev.streetbox.measure;
