/**
 * Defines the values of the domain: quantities, samples, rows, their quality flags and times.
 *
 * <p>The package depends on no other package, and uses neither bus, disk nor broker.
 */
package dev.streetbox.measure;
