package dev.streetbox.listen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Accounts for every row of every boot of which messages arrive: received, received again, declared
 * lost by the box, or unexplained. Used by one thread.
 */
public final class Audit {
  /** Limits the boots, of all boxes together; further ones are not accounted for. */
  private static final int BOOT_LIMIT = 10_000;

  /**
   * Holds the account of one boot.
   *
   * @param box the box
   * @param boot its boot
   * @param received rows that arrived, each counted once
   * @param duplicates rows that arrived again
   * @param conflicts duplicates whose content differed from the first arrival
   * @param declared rows that the box has declared lost and that did not arrive
   * @param unexplained rows below the highest one known that neither arrived nor were declared
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

  /** The last boot of each box that had begun before this audit; 0 if none had. */
  private final Map<String, Integer> bootsBefore = new HashMap<>();

  /** The boxes that sent rows with a simulated source. */
  private final SortedSet<String> simulatedBoxes = new TreeSet<>();

  private final Fingerprints fingerprints = new Fingerprints();

  /**
   * Adds a message to the accounts.
   *
   * @return the rows that had not been received before
   */
  public List<BoxMessage.SentRow> add(BoxMessage message) {
    if (message instanceof BoxMessage.State state) {
      bootsBefore.putIfAbsent(state.box(), state.retained() ? state.boot() : 0);
    } else if (message instanceof BoxMessage.Loss loss && hasRoom(loss.box(), loss.lost().boot())) {
      boot(loss.box(), loss.lost().boot()).addLost(loss.lost());
    } else if (message instanceof BoxMessage.Rows rows && hasRoom(rows.box(), rows.boot())) {
      return add(rows);
    }
    return List.of();
  }

  /** Returns the account of each boot, ordered by box and boot. */
  public List<ReceivedAccount> accounts() {
    List<ReceivedAccount> accounts = new ArrayList<>();
    boots.forEach((key, boot) -> accounts.add(boot.account(key.box(), key.boot())));
    return accounts;
  }

  /** Returns the boxes of which an accounted batch states that a source is simulated. */
  public List<String> simulatedBoxes() {
    return List.copyOf(simulatedBoxes);
  }

  private List<BoxMessage.SentRow> add(BoxMessage.Rows rows) {
    bootsBefore.putIfAbsent(rows.box(), 0);
    if (rows.simulated()) {
      simulatedBoxes.add(rows.box());
    }
    BootAudit boot = boot(rows.box(), rows.boot());
    List<BoxMessage.SentRow> fresh = new ArrayList<>();
    for (BoxMessage.SentRow row : rows.rows()) {
      boolean same = fingerprints.isSame(rows.box() + "/" + rows.boot(), row);
      if (boot.addReceived(row.seq(), rows.live(), same)) {
        fresh.add(row);
      }
    }
    rows.drops().forEach(boot::addDropped);
    return fresh;
  }

  private boolean hasRoom(String box, int boot) {
    return boots.size() < BOOT_LIMIT || boots.containsKey(new Key(box, boot));
  }

  private BootAudit boot(String box, int boot) {
    return boots.computeIfAbsent(
        new Key(box, boot), key -> new BootAudit(boot, boot <= bootsBefore.getOrDefault(box, 0)));
  }
}
