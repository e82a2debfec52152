package dev.streetbox.publish;

import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Holds what the retained {@code state} states about the box.
 *
 * @param box the box's id
 * @param version the program's version
 * @param configHash a hash of the configuration
 * @param simulated whether any configured source is simulated
 * @param calibration returns the calibration id of a boot; empty if the boot has none
 */
public record BoxInfo(
    String box,
    String version,
    String configHash,
    boolean simulated,
    IntFunction<Optional<String>> calibration) {}
