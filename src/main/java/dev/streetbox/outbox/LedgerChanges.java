package dev.streetbox.outbox;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Range;
import java.util.List;

/**
 * Lists what of a {@link Ledger} is to be stored.
 *
 * @param boot the boot
 * @param state its state
 * @param last its last seq once it is over, 0 while it runs
 * @param areas the rows whose stored spans are to be replaced
 * @param spans the fates that have a row within the areas
 * @param anchors the anchors that are not stored yet
 * @param changes how many changes are included, counted from the ledger's first
 */
record LedgerChanges(
    int boot,
    BootState state,
    long last,
    List<Range> areas,
    List<FateSpan> spans,
    List<Anchor> anchors,
    int changes) {}
