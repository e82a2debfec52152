package dev.streetbox.outbox;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Holds section {@code [store]} of the configuration.
 *
 * @param dataDir the folder of store, boot counter and lock
 * @param commitPeriod time between commits; a power cut loses younger rows that were not sent
 * @param maxSizeBytes the store's size limit in bytes
 * @param keepAcknowledged how long acknowledged rows are kept
 */
public record StoreSettings(
    Path dataDir, Duration commitPeriod, long maxSizeBytes, Duration keepAcknowledged) {}
