package dev.streetbox.listen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Accounts for the rows of one box. The boots of which messages came last are held one by one; the
 * accounts of older ones are closed, which means that only their totals are kept. Used by one
 * thread.
 */
final class BoxAudit {
  /** Limits the boots that are held one by one. */
  static final int BOOT_LIMIT = 8;

  private final String box;
  private final RangeBudget budget;

  /** The last boot that had begun before the audit; 0 if none had, less if that is not known. */
  private int lastBootBefore = -1;

  /** The boots by number, the one without a message for longest first. */
  private final Map<Integer, BootAudit> boots = new LinkedHashMap<>(4, 0.75f, true);

  private Audit.ReceivedAccount closed;
  private int lastClosedBoot;
  private boolean simulated;

  /**
   * @param budget limits the ranges of row numbers
   */
  BoxAudit(String box, RangeBudget budget) {
    this.box = box;
    this.budget = budget;
    this.closed = Audit.ReceivedAccount.none(box);
  }

  /**
   * Returns the account of a boot; closes another if there are too many.
   *
   * @param nextId returns the id of a new boot
   */
  BootAudit boot(int boot, IntSupplier nextId) {
    BootAudit known = boots.get(boot);
    if (known != null) {
      return known;
    }
    if (boots.size() >= BOOT_LIMIT) {
      close(boots.keySet().iterator().next());
    }
    boolean startedBefore = boot <= Math.max(lastBootBefore, lastClosedBoot);
    BootAudit added = new BootAudit(nextId.getAsInt(), startedBefore, budget);
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
  List<Audit.ReceivedAccount> accounts() {
    List<Audit.ReceivedAccount> accounts = new ArrayList<>();
    if (lastClosedBoot > 0) {
      accounts.add(closed);
    }
    boots.forEach((boot, audit) -> accounts.add(audit.account(box, boot)));
    accounts.sort(Comparator.comparingInt(Audit.ReceivedAccount::boot));
    return accounts;
  }

  /** Closes all boots. */
  void close() {
    List.copyOf(boots.keySet()).forEach(this::close);
  }

  private void close(int boot) {
    BootAudit removed = boots.remove(boot);
    closed = closed.plus(removed.account(box, boot));
    lastClosedBoot = Math.max(lastClosedBoot, boot);
    removed.close();
  }
}
