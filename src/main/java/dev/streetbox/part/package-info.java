/**
 * Describes each part that this version has a driver for, by one entry of a catalogue.
 *
 * <p>Input: a configured part and the ports of its hardware. Output: the part's driver. The package
 * does not depend on the configuration file, the agent, or the simulation.
 */
package dev.streetbox.part;
