package dev.streetbox.record;

import java.time.ZoneId;
import java.util.List;

/**
 * Holds section {@code [privacy]} of the configuration.
 *
 * @param zones the private places
 * @param daily whether the box is published under another name every day
 * @param timeZone the time zone whose midnight ends a day
 */
public record PrivacySettings(List<Zone> zones, boolean daily, ZoneId timeZone) {}
