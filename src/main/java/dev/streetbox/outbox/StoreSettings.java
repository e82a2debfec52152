package dev.streetbox.outbox;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where rows are kept and for how long: section {@code [store]} of the configuration.
 *
 * @param dataDir the folder that the box's store, boot counter and lock live in
 * @param commitPeriod how often rows are made durable: younger ones are lost at a power cut
 * @param maxSizeBytes the store's limit on disk
 * @param keepAcknowledged how long rows stay after the broker has them
 */
public record StoreSettings(
    Path dataDir, Duration commitPeriod, long maxSizeBytes, Duration keepAcknowledged) {}
