package dev.streetbox.record;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.Set;

/**
 * Holds one composed second.
 *
 * @param tickMs its end, in ms since the boot
 * @param sample its readings and flags
 * @param doubted the quantities of which a flag of their own sensor says that they cannot be
 *     trusted
 */
record ComposedSecond(long tickMs, Sample sample, Set<Quantity> doubted) {}
