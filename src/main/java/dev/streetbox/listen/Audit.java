package dev.streetbox.listen;

import dev.streetbox.measure.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Accounts for every row of every boot of which messages arrive: received, received again, declared
 * lost by the box, or unexplained. The memory is limited whatever arrives: rows are held as ranges,
 * and the accounts of old boots and boxes are closed. Of a closed account only the totals are kept;
 * a row of it that arrives later counts as received once more. Used by one thread.
 */
public final class Audit {
  /** Limits the boxes that are held one by one; that of the oldest message is closed. */
  static final int BOX_LIMIT = 2_000;

  /** Limits the boots of all boxes together that are held one by one; each takes 250 bytes. */
  static final int BOOT_LIMIT = 10_000;

  /** The last row of a boot of which no end is known, in {@link #holes}. */
  static final long NO_END = 1L << 53;

  /** The boxes by id, the one without a message for longest first. */
  private final Map<String, BoxAudit> boxes = new LinkedHashMap<>(16, 0.75f, true);

  private final Fingerprints fingerprints = new Fingerprints(new SplittableRandom().nextLong());
  private final RangeBudget budget = RangeBudget.ofFirstBox();
  private ReceivedAccount closed = ReceivedAccount.none(ReceivedAccount.CLOSED_BOXES);
  private boolean continued;
  private boolean anyBoxClosed;
  private int bootsSeen;
  private int openBoots;
  private long unaccounted;

  /**
   * States that messages before this audit were received by another, as after a restart within a
   * durable session: the boot of a box's first message then counts as begun before.
   */
  public void continueSession() {
    continued = true;
  }

  /**
   * Adds a message to the accounts.
   *
   * @return the rows that had not been received before; a row without room in the accounts is one
   *     of them
   */
  public List<BoxMessage.SentRow> add(BoxMessage message) {
    if (message instanceof BoxMessage.State state) {
      box(state.box(), state.boot()).setLastBootBefore(state.retained() ? state.boot() : 0);
    } else if (message instanceof BoxMessage.Loss loss) {
      int boot = loss.lost().boot();
      unaccounted += boot(box(loss.box(), boot), boot).addLost(loss.lost()) ? 0 : 1;
    } else if (message instanceof BoxMessage.Rows rows) {
      return add(rows);
    }
    return List.of();
  }

  /**
   * Returns the account of each boot, ordered by box and boot; closed accounts are summed up by box
   * as boot 0.
   */
  public List<ReceivedAccount> accounts() {
    List<ReceivedAccount> accounts = new ArrayList<>();
    if (anyBoxClosed) {
      accounts.add(closed);
    }
    new TreeMap<>(boxes).values().forEach(box -> accounts.addAll(box.accounts()));
    return accounts;
  }

  /**
   * Returns the rows that a box may be asked for, because nothing explains them, and the rows after
   * the last known one of each boot but the newest, up to {@link #NO_END}; the oldest boot first.
   *
   * @param wanted selects boxes by their ids
   */
  Map<String, List<Range>> holes(Predicate<String> wanted) {
    Map<String, List<Range>> holes = new LinkedHashMap<>();
    boxes.forEach(
        (name, box) -> {
          if (wanted.test(name)) {
            holes.put(name, box.holes());
          }
        });
    return holes;
  }

  /** Returns how many rows and declarations of losses the accounts had no room for. */
  public long unaccounted() {
    return unaccounted;
  }

  /** Returns the boxes of which an accounted batch states that a source is simulated. */
  public List<String> simulatedBoxes() {
    List<String> simulated = new ArrayList<>();
    boxes.forEach(
        (name, box) -> {
          if (box.isSimulated()) {
            simulated.add(name);
          }
        });
    simulated.sort(null);
    return simulated;
  }

  private List<BoxMessage.SentRow> add(BoxMessage.Rows rows) {
    BoxAudit box = box(rows.box(), rows.boot());
    box.setLastBootBefore(0);
    if (rows.simulated()) {
      box.setSimulated();
    }
    BootAudit boot = boot(box, rows.boot());
    List<BoxMessage.SentRow> fresh = new ArrayList<>();
    for (BoxMessage.SentRow row : rows.rows()) {
      boolean same = fingerprints.isSame(boot.id(), row);
      switch (boot.addReceived(row.seq(), rows.live(), same)) {
        case FIRST -> fresh.add(row);
        case DUPLICATE -> {}
        case UNACCOUNTED -> {
          unaccounted++;
          fresh.add(row);
        }
      }
    }
    for (BoxMessage.DeclaredDrop drop : rows.drops()) {
      unaccounted += boot.addDropped(drop.rows()) ? 0 : 1;
    }
    return fresh;
  }

  private BootAudit boot(BoxAudit box, int boot) {
    Optional<BootAudit> known = box.known(boot);
    if (known.isPresent()) {
      return known.get();
    }
    if (openBoots >= BOOT_LIMIT) {
      // A box with ever new boots closes its own accounts, not those of others.
      Collections.max(boxes.values(), Comparator.comparingInt(BoxAudit::openBoots)).closeOldest();
      openBoots--;
    }
    openBoots++;
    return box.open(boot, bootsSeen++);
  }

  /**
   * Returns the account of a box.
   *
   * @param boot the boot of the present message
   */
  private BoxAudit box(String name, int boot) {
    BoxAudit known = boxes.get(name);
    if (known != null) {
      return known;
    }
    if (boxes.size() >= BOX_LIMIT) {
      closeOldest();
    }
    BoxAudit added = new BoxAudit(name, budget.ofOtherBox());
    if (continued || anyBoxClosed) {
      added.setLastBootBefore(boot);
    }
    boxes.put(name, added);
    return added;
  }

  private void closeOldest() {
    BoxAudit oldest = boxes.remove(boxes.keySet().iterator().next());
    openBoots -= oldest.openBoots();
    while (oldest.openBoots() > 0) {
      oldest.closeOldest();
    }
    for (ReceivedAccount account : oldest.accounts()) {
      closed = closed.plus(account);
    }
    anyBoxClosed = true;
  }
}
