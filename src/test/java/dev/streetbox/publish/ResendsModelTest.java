package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.outbox.Reason;
import dev.streetbox.outbox.StoreAccount;
import dev.streetbox.outbox.StoreView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs random requests against random stores, with answers that are late, missing or refusals, with
 * lost connections, kills and restarts.
 */
class ResendsModelTest {
  @TempDir Path folder;

  @Test
  void theRowsThatAreSentAreThoseOfTheAnswersAndTheAccountStays() {
    Seeds.each(30, seed -> new World(seed).run());
  }

  private final class World {
    private final SplittableRandom random;
    private final Path home;
    private final Map<Integer, Seqs> promised = new TreeMap<>();
    private final Map<Integer, Seqs> sent = new TreeMap<>();
    private int boots;
    private boolean isRequesting;
    private ResendRig box;
    private Path store;

    World(long seed) {
      random = new SplittableRandom(seed);
      home = folder.resolve("seed" + seed);
      store = home;
      box = new ResendRig(home, 1);
    }

    void run() throws IOException {
      fillStore();
      long dropped = box.outbox.status().dropped();
      Map<Integer, StoreAccount> before = accounts();
      isRequesting = true;
      int requests = 1 + random.nextInt(12);
      while (requests > 0 || box.resends().waitingRows() > 0) {
        if (requests > 0 && random.nextInt(3) == 0) {
          request();
          requests--;
        }
        disturb();
      }
      assertEquals(ranges(promised), ranges(sent), "rows sent and rows promised");
      assertEquals(0, box.outbox.status().unacknowledged());
      assertEquals(dropped, box.outbox.status().dropped());
      box.commit();
      Map<Integer, StoreAccount> after = accounts();
      after.keySet().retainAll(before.keySet());
      // The running boot's account has another state once it is over; its rows stay the same.
      before.remove(boots);
      after.remove(boots);
      assertEquals(before, after);
    }

    private static List<Range> ranges(Map<Integer, Seqs> rows) {
      return rows.values().stream().flatMap(seqs -> seqs.ranges().stream()).toList();
    }

    private void fillStore() throws IOException {
      for (boots = 1 + random.nextInt(4); box.boot < boots; ) {
        fillBoot();
        boolean killed = random.nextBoolean();
        move(killed);
        box.sendAll();
      }
      fillBoot();
    }

    private void fillBoot() throws IOException {
      for (int i = random.nextInt(4); i >= 0; i--) {
        box.measure(1 + random.nextInt(150));
        if (random.nextInt(3) == 0) {
          long first = 1 + random.nextLong(box.outbox.newest());
          long last = Math.min(box.outbox.newest(), first + random.nextInt(20));
          box.outbox.drop(new Range(box.boot, first, last), Reason.STORE_FAILED);
        }
        if (random.nextInt(4) != 0) {
          box.sendAll();
        }
      }
      box.sendAll();
    }

    private void move(boolean killed) throws IOException {
      store = killed ? store.resolveSibling(store.getFileName() + "-" + box.boot) : store;
      ResendRig last = box;
      box = last.next(killed);
      if (isRequesting) {
        collect(last); // What was sent while the box closed in order is of this store too.
      }
    }

    private void request() {
      int boot = 1 + random.nextInt(boots);
      long first = 1 + random.nextLong(400);
      long last = random.nextInt(5) == 0 ? 1L << 31 : first + random.nextLong(200);
      ResendAnswer answer = box.request(boot, first, last);
      assertTrue(answer.refusal().isEmpty(), answer.toString());
      Seqs all = new Seqs(boot);
      List<Range> parts = new ArrayList<>(answer.willSend());
      parts.addAll(answer.waiting());
      answer.gone().forEach(gone -> parts.add(gone.rows()));
      parts.addAll(answer.never());
      parts.forEach(part -> all.add(part.first(), part.last()));
      assertEquals(List.of(new Range(boot, first, last)), all.ranges(), "each row is in a part");
      assertEquals(
          last - first + 1, parts.stream().mapToLong(Range::size).sum(), "and in one part only");
      answer
          .willSend()
          .forEach(
              rows -> promised.computeIfAbsent(boot, Seqs::new).add(rows.first(), rows.last()));
    }

    private void disturb() throws IOException {
      switch (random.nextInt(8)) {
        case 0 -> box.broker.answer(m -> coin(4) ? OptionalInt.empty() : OptionalInt.of(0));
        case 1 -> box.broker.answer(m -> OptionalInt.of(coin(5) ? 0x97 : 0));
        case 2 -> box.broker.answer(m -> OptionalInt.of(coin(10) ? 0x99 : 0));
        case 3 -> box.broker.lose(ConnectionFailure.network("gone"));
        case 4 -> {
          if (coin(4)) {
            collect(box);
            move(coin(2));
          }
        }
        default -> box.broker.answer(0);
      }
      box.forMs(1 + random.nextLong(15_000));
      collect(box);
    }

    private void collect(ResendRig of) {
      of.backlogRows()
          .forEach(
              (boot, rows) ->
                  rows.ranges()
                      .forEach(
                          range ->
                              sent.computeIfAbsent(boot, Seqs::new)
                                  .add(range.first(), range.last())));
    }

    private boolean coin(int sides) {
      return random.nextInt(sides) == 0;
    }

    private Map<Integer, StoreAccount> accounts() throws IOException {
      Map<Integer, StoreAccount> accounts = new TreeMap<>();
      try (StoreView view = StoreView.open(store)) {
        view.accounts().forEach(account -> accounts.put(account.boot(), account));
      }
      return accounts;
    }
  }
}
