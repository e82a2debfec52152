/**
 * Each bus's thread, the sensors on it, and the board of what they last said.
 *
 * <p>Samples of the parts enter; the state of one second leaves. It must not know the disk, the
 * network, the time of day.
 */
package dev.streetbox.sample;
