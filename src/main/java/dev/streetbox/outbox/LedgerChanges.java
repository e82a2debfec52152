package dev.streetbox.outbox;

import dev.streetbox.measure.Anchor;
import java.util.List;

/**
 * Lists what of a {@link Ledger} is to be stored.
 *
 * @param boot the boot
 * @param state its state
 * @param last its last seq once it is over, 0 while it runs
 * @param spans all fates
 * @param anchors the anchors that are not stored yet
 * @param changes how many changes are included, counted from the ledger's first
 */
record LedgerChanges(
    int boot,
    BootState state,
    long last,
    List<FateSpan> spans,
    List<Anchor> anchors,
    int changes) {}
