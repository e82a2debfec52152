package dev.streetbox.listen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Accounts for every row of every boot that a subscriber hears of: received, received again,
 * declared lost by the box, or unexplained. Used by one thread.
 */
public final class Audit {
  /** So many boots at once, of all boxes; further ones are not followed. */
  private static final int BOOT_LIMIT = 10_000;

  /**
   * The account of one boot.
   *
   * @param box the box
   * @param boot its boot
   * @param received rows that arrived, each counted once
   * @param duplicates rows that arrived again
   * @param conflicts those of them that said something else the second time
   * @param declared rows that the box says will never come, and did not
   * @param unexplained rows that should have come: below the highest one known, neither received
   *     nor declared
   */
  public record ReceivedAccount(
      String box,
      int boot,
      long received,
      long duplicates,
      long conflicts,
      long declared,
      long unexplained) {}

  private record Key(String box, int boot) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byBox = box.compareTo(other.box);
      return byBox != 0 ? byBox : Integer.compare(boot, other.boot);
    }
  }

  private final Map<Key, BootAudit> boots = new TreeMap<>();

  /** For each box, the last boot that had begun before this audit; 0 if none had. */
  private final Map<String, Integer> old = new HashMap<>();

  private final Fingerprints fingerprints = new Fingerprints();

  /**
   * Takes what a box has told.
   *
   * @return the rows that had not been received before
   */
  public List<BoxMessage.SentRow> take(BoxMessage message) {
    if (message instanceof BoxMessage.State state) {
      old.putIfAbsent(state.box(), state.old() ? state.boot() : 0);
    } else if (message instanceof BoxMessage.Loss loss && room(loss.box(), loss.lost().boot())) {
      boot(loss.box(), loss.lost().boot()).lost(loss.lost());
    } else if (message instanceof BoxMessage.Rows rows && room(rows.box(), rows.boot())) {
      return take(rows);
    }
    return List.of();
  }

  /** The account of each boot, by box and boot. */
  public List<ReceivedAccount> accounts() {
    List<ReceivedAccount> accounts = new ArrayList<>();
    boots.forEach((key, boot) -> accounts.add(boot.account(key.box(), key.boot())));
    return accounts;
  }

  private List<BoxMessage.SentRow> take(BoxMessage.Rows rows) {
    old.putIfAbsent(rows.box(), 0);
    BootAudit boot = boot(rows.box(), rows.boot());
    List<BoxMessage.SentRow> fresh = new ArrayList<>();
    for (BoxMessage.SentRow row : rows.rows()) {
      boolean same = fingerprints.isSame(rows.box() + "/" + rows.boot(), row);
      if (boot.received(row.seq(), rows.live(), same)) {
        fresh.add(row);
      }
    }
    rows.drops().forEach(boot::dropped);
    return fresh;
  }

  private boolean room(String box, int boot) {
    return boots.size() < BOOT_LIMIT || boots.containsKey(new Key(box, boot));
  }

  private BootAudit boot(String box, int boot) {
    return boots.computeIfAbsent(
        new Key(box, boot), key -> new BootAudit(boot, boot <= old.getOrDefault(box, 0)));
  }
}
