package dev.streetbox.measure;

/**
 * One moment known on both clocks: the boot's monotonic one and UTC.
 *
 * @param boot the boot whose ticks it dates
 * @param tickMs monotonic milliseconds since that boot began
 * @param utcMs the same moment in milliseconds since 1970-01-01T00:00:00Z
 * @param source where the UTC comes from
 * @param uncertaintyMs how far {@code utcMs} may be off, either way
 */
public record Anchor(int boot, long tickMs, long utcMs, TimeSource source, long uncertaintyMs) {}
