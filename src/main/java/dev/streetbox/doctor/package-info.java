/**
 * Finds out what does not work on a box, and what to type or to plug.
 *
 * <p>The input is a configuration and a machine; the output is findings. This package does not use
 * the command line, does not print findings, and does not read a running agent's state.
 */
package dev.streetbox.doctor;
