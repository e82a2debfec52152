package dev.streetbox.publish;

import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Who is online, as the retained {@code state} says it.
 *
 * @param box the box's name
 * @param version the program's version
 * @param configHash what tells one configuration from another
 * @param calibration what tells the calibration of a boot from another; empty if it has none
 */
public record BoxInfo(
    String box, String version, String configHash, IntFunction<Optional<String>> calibration) {}
