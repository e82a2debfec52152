/**
 * Writes the rows of a store for programs and for people.
 *
 * <p>Input: a view of the store. Output: CSV, NDJSON, GeoJSON or one HTML page. The package uses
 * neither the command line nor SQL.
 */
package dev.streetbox.export;
