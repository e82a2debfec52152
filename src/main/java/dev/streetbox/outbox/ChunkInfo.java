package dev.streetbox.outbox;

import dev.streetbox.measure.Range;

/**
 * Describes a stored chunk without its rows.
 *
 * @param range the chunk's rows
 * @param tickMs the tick of its last row
 */
record ChunkInfo(Range range, long tickMs) {}
