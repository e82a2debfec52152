package dev.streetbox.record;

import java.time.ZoneId;
import java.util.List;

/**
 * Section {@code [privacy]}.
 *
 * @param zones the places whose surroundings are hidden
 * @param daily whether the box has another name every day
 * @param timeZone whose midnight ends a day
 */
public record PrivacySettings(List<Zone> zones, boolean daily, ZoneId timeZone) {}
