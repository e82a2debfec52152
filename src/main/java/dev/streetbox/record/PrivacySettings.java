package dev.streetbox.record;

import java.util.List;

/**
 * Section {@code [privacy]}.
 *
 * @param zones the places whose surroundings are hidden
 */
public record PrivacySettings(List<Zone> zones) {}
