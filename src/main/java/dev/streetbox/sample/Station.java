package dev.streetbox.sample;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;

/**
 * What the slots of one bus share.
 *
 * @param bus the bus's name, as {@code i2c-1}
 * @param board where samples go
 * @param faults where troubles go
 */
record Station(String bus, Board board, Faults faults, Time time) {}
