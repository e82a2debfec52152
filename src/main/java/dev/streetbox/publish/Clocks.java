package dev.streetbox.publish;

import dev.streetbox.bus.Time;

/**
 * Holds the two clocks of a publisher. They differ in a simulated ride only, which may run faster
 * than real time, while the network stays as slow as it is.
 *
 * @param rows the clock of the outbox's rows: live period, backlog rate and faults are timed on it
 * @param real real time: every wait for the broker is timed on it
 */
public record Clocks(Time rows, Time real) {}
