/**
 * Parts made of software, a street and a ride, for the same drivers and the same program.
 *
 * <p>A seed and a time enter; bytes on simulated wires leave. It must not know the drivers: it is
 * written from the datasheets.
 */
package dev.streetbox.simulate;
