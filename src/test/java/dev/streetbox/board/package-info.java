/**
 * Plays the wires of a virtual board on the host: USB adapters whose I2C buses hold the simulated
 * parts, and serial lines with a simulated part at their other end. {@code deploy/verify-board}
 * starts it.
 */
package dev.streetbox.board;
