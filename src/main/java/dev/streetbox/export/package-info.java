/**
 * The rows of a store, for programs and for people.
 *
 * <p>A view of the store enters; csv, ndjson, GeoJSON or one page of HTML leave. It must not know
 * the command line, or how rows are stored.
 */
package dev.streetbox.export;
