package dev.streetbox.outbox;

import dev.streetbox.measure.Anchor;
import java.util.List;

/**
 * What the store must be told of a {@link Ledger}.
 *
 * @param boot the boot
 * @param state how it went
 * @param last its last row once it is over, 0 while it goes on
 * @param spans every fate
 * @param anchors those that the store does not have
 * @param changes how many changes this tells of, counted from the ledger's first
 */
record LedgerChanges(
    int boot,
    BootState state,
    long last,
    List<FateSpan> spans,
    List<Anchor> anchors,
    int changes) {}
