package dev.streetbox.publish;

/**
 * Who is online, as the retained {@code state} says it.
 *
 * @param box the box's name
 * @param version the program's version
 * @param configHash what tells one configuration from another
 * @param calibrationHash what tells one calibration from another
 */
public record Identity(String box, String version, String configHash, String calibrationHash) {}
