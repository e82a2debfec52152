package dev.streetbox.listen;

import dev.streetbox.measure.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Accounts for the rows of one box: boot by boot, and of closed accounts the totals only. Used by
 * one thread.
 */
final class BoxAudit {
  private final String box;
  private final RangeBudget budget;

  /** The last boot that had begun before the audit; 0 if none had, less if that is not known. */
  private int lastBootBefore = -1;

  /** The boots by number, the one without a message for longest first. */
  private final Map<Integer, BootAudit> boots = new LinkedHashMap<>(4, 0.75f, true);

  private ReceivedAccount closed;
  private int lastClosedBoot;
  private boolean simulated;

  /**
   * @param budget limits the ranges of row numbers
   */
  BoxAudit(String box, RangeBudget budget) {
    this.box = box;
    this.budget = budget;
    this.closed = ReceivedAccount.none(box);
  }

  /** Returns the number of open accounts. */
  int openBoots() {
    return boots.size();
  }

  /** Returns the open account of a boot, if there is one. */
  Optional<BootAudit> known(int boot) {
    return Optional.ofNullable(boots.get(boot));
  }

  /**
   * Opens the account of a boot.
   *
   * @param id a number that no other boot of the audit has
   */
  BootAudit open(int boot, int id) {
    boolean startedBefore = boot <= Math.max(lastBootBefore, lastClosedBoot);
    BootAudit added = new BootAudit(id, startedBefore, budget);
    boots.put(boot, added);
    return added;
  }

  /** Sets the last boot that had begun before the audit, 0 if none had, unless it is set. */
  void setLastBootBefore(int boot) {
    lastBootBefore = lastBootBefore < 0 ? boot : lastBootBefore;
  }

  /** Notes that a source of the box is simulated. */
  void setSimulated() {
    simulated = true;
  }

  /** Returns whether any source of the box is simulated. */
  boolean isSimulated() {
    return simulated;
  }

  /** Returns the totals of the closed boots, if there are any, then each open boot's account. */
  List<ReceivedAccount> accounts() {
    List<ReceivedAccount> accounts = new ArrayList<>();
    if (lastClosedBoot > 0) {
      accounts.add(closed);
    }
    boots.forEach((boot, audit) -> accounts.add(audit.account(box, boot)));
    accounts.sort(Comparator.comparingInt(ReceivedAccount::boot));
    return accounts;
  }

  /**
   * Returns the rows that nothing explains so far, the oldest boot first; of each boot but the
   * newest also the rows after the last known one, up to {@link Audit#NO_END}.
   */
  List<Range> holes() {
    List<Range> holes = new ArrayList<>();
    NavigableMap<Integer, BootAudit> sorted = new TreeMap<>(boots);
    sorted.forEach(
        (boot, audit) -> {
          holes.addAll(audit.unexplained(boot));
          if (!boot.equals(sorted.lastKey())) {
            audit.end().ifPresent(first -> holes.add(new Range(boot, first, Audit.NO_END)));
          }
        });
    return holes;
  }

  /** Closes the account of the boot without a message for longest. */
  void closeOldest() {
    int boot = boots.keySet().iterator().next();
    BootAudit removed = boots.remove(boot);
    closed = closed.plus(removed.account(box, boot));
    lastClosedBoot = Math.max(lastClosedBoot, boot);
    removed.close();
  }
}
