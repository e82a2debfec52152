package dev.streetbox.sample;

import dev.streetbox.measure.Quantity;
import java.util.Set;

/**
 * Names a sensor of the board and what it can measure.
 *
 * @param sensor unique
 * @param quantities that the catalogue names for the part; a part may measure fewer of them
 */
public record MeasuredQuantities(String sensor, Set<Quantity> quantities) {}
