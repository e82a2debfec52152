package dev.streetbox.part;

import dev.streetbox.sound.MicrophoneSettings;
import java.util.Optional;

/**
 * Holds the settings of one configured part that its driver is made from.
 *
 * @param mode the configured mode, or else the part's usual one; empty if the part has only one
 * @param model the configured model, as {@code pms5003t}; empty if the driver must recognise it
 * @param gas that an electrochemical cell is for, as {@code h2s}
 * @param microphone type and calibration of a microphone
 */
public record DriverSettings(
    Optional<String> mode,
    Optional<String> model,
    Optional<String> gas,
    Optional<MicrophoneSettings> microphone) {}
