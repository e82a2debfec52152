package dev.streetbox.publish;

import dev.streetbox.bus.Time;

/**
 * Holds the two clocks of a publisher. They differ only in a simulated ride, which may run faster
 * than real time, while the network does not.
 *
 * @param rows the clock of the outbox's rows, by which live period, backlog rate and faults are
 *     timed
 * @param real real time, by which every wait for the broker is timed
 */
public record Clocks(Time rows, Time real) {}
