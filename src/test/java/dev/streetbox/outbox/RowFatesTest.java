package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RowFatesTest {
  private static final int BOOT = 3;
  private static final int ROWS = 40;
  private static final List<Reason> REASONS =
      List.of(Reason.STORE_FULL, Reason.STORE_FAILED, Reason.STORE_DAMAGED);

  /** The same, said simply: a fate for each row, where there is one. */
  private static final class Model {
    private record Fate(Optional<Reason> dropped, boolean told) {}

    private final Fate[] fates = new Fate[ROWS + 1];

    void acknowledge(long first, long last) {
      set(first, last, any -> true, new Fate(Optional.empty(), false));
    }

    void drop(long first, long last, Reason reason) {
      set(first, last, Objects::isNull, new Fate(Optional.of(reason), false));
    }

    void tell(Drop drop) {
      Fate untold = new Fate(Optional.of(drop.reason()), false);
      set(
          drop.range().first(),
          drop.range().last(),
          untold::equals,
          new Fate(Optional.of(drop.reason()), true));
    }

    private void set(long first, long last, Predicate<Fate> where, Fate fate) {
      for (int seq = (int) first; seq <= last; seq++) {
        if (where.test(fates[seq])) {
          fates[seq] = fate;
        }
      }
    }

    private static List<Long> seqs(Fate[] fates, Predicate<Fate> wanted) {
      List<Long> seqs = new ArrayList<>();
      for (int seq = 1; seq < fates.length; seq++) {
        if (wanted.test(fates[seq])) {
          seqs.add((long) seq);
        }
      }
      return seqs;
    }

    List<Long> seqs(Predicate<Fate> wanted) {
      return seqs(fates, wanted);
    }

    private static boolean isDropped(Fate fate) {
      return fate != null && fate.dropped().isPresent();
    }

    Optional<Range> nextOpen(long upTo, List<Range> except, int limit) {
      for (int seq = 1; seq <= upTo; seq++) {
        if (isFree(seq, except)) {
          int last = seq;
          while (last < upTo && last - seq + 1 < limit && isFree(last + 1, except)) {
            last++;
          }
          return Optional.of(new Range(BOOT, seq, last));
        }
      }
      return Optional.empty();
    }

    private boolean isFree(int seq, List<Range> except) {
      return fates[seq] == null
          && except.stream()
              .noneMatch(r -> r.boot() == BOOT && r.first() <= seq && seq <= r.last());
    }
  }

  private static List<Long> seqs(List<Range> ranges) {
    List<Long> seqs = new ArrayList<>();
    for (Range range : ranges) {
      assertEquals(BOOT, range.boot());
      for (long seq = range.first(); seq <= range.last(); seq++) {
        seqs.add(seq);
      }
    }
    return seqs;
  }

  private static List<Long> dropped(List<Drop> drops) {
    return seqs(drops.stream().map(Drop::range).toList()).stream().sorted().toList();
  }

  private static RowFates restored(RowFates fates) {
    RowFates again = new RowFates(BOOT);
    fates.spans().forEach(again::restore);
    return again;
  }

  @Test
  void whateverHappensEachRowHasTheFateThatASimpleModelGivesIt() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RowFates fates = new RowFates(BOOT);
      Model model = new Model();
      for (int step = 0; step < 25; step++) {
        change(random, fates, model);
        String where = "seed " + seed + ", step " + step;
        check(fates, model, where);
        check(restored(fates), model, where + ", restored");
        checkNextOpen(random, fates, model, where);
      }
    }
  }

  private static void change(SplittableRandom random, RowFates fates, Model model) {
    long first = random.nextInt(1, ROWS + 1);
    long last = Math.min(ROWS, first + random.nextInt(12));
    Reason reason = REASONS.get(random.nextInt(REASONS.size()));
    int before = fates.changes();
    switch (random.nextInt(3)) {
      case 0 -> {
        fates.acknowledge(first, last);
        model.acknowledge(first, last);
        assertTrue(fates.changes() > before);
      }
      case 1 -> {
        fates.drop(first, last, reason);
        model.drop(first, last, reason);
        assertTrue(fates.changes() > before);
      }
      default -> {
        Drop drop = new Drop(new Range(BOOT, first, last), reason);
        List<Drop> untold = fates.undeclared();
        fates.markDeclared(drop);
        model.tell(drop);
        assertEquals(!untold.equals(fates.undeclared()), fates.changes() > before);
      }
    }
  }

  private static void check(RowFates fates, Model model, String where) {
    assertEquals(model.seqs(Objects::isNull), seqs(fates.open(ROWS)), where);
    assertEquals(model.seqs(Objects::nonNull), seqs(fates.settled()), where);
    assertEquals(model.seqs(Model::isDropped), dropped(fates.drops()), where);
    assertEquals(
        model.seqs(fate -> Model.isDropped(fate) && !fate.told()),
        dropped(fates.undeclared()),
        where);
    assertEquals(model.seqs(Model::isDropped).size(), fates.dropped(), where);
    assertEquals(
        model.seqs(fate -> fate != null && fate.dropped().isEmpty()).size(),
        fates.acknowledged(),
        where);
    for (Reason reason : Reason.values()) {
      assertEquals(
          model.seqs(fate -> fate != null && fate.dropped().equals(Optional.of(reason))).size(),
          fates.dropped(reason),
          where);
    }
  }

  private static void checkNextOpen(
      SplittableRandom random, RowFates fates, Model model, String where) {
    long upTo = random.nextInt(0, ROWS + 1);
    int limit = random.nextInt(1, 15);
    List<Range> except = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      long first = random.nextInt(1, ROWS + 1);
      except.add(new Range(BOOT + random.nextInt(2), first, first + random.nextInt(10)));
    }
    assertEquals(
        model.nextOpen(upTo, except, limit),
        fates.nextOpen(upTo, except, limit),
        where + ": up to " + upTo + " except " + except + " limit " + limit);
  }

  @Test
  void rowsUpToASeqAreOpenAndNoneBeyond() {
    RowFates fates = new RowFates(BOOT);
    fates.acknowledge(3, 4);
    assertEquals(List.of(new Range(BOOT, 1, 2), new Range(BOOT, 5, 6)), fates.open(6));
    assertEquals(List.of(), fates.open(0));
  }

  @Test
  void whatTheStoreKnewAlreadyIsNoChange() {
    RowFates fates = new RowFates(BOOT);
    fates.drop(1, 5, Reason.REFUSED);
    RowFates again = restored(fates);
    assertEquals(0, again.changes());
    assertEquals(fates.spans(), again.spans());
  }

  @Test
  void aDropIsStoredAsUntoldUntilItIsTold() {
    RowFates fates = new RowFates(BOOT);
    fates.drop(1, 5, Reason.STORE_FULL);
    Drop half = new Drop(new Range(BOOT, 4, 9), Reason.STORE_FULL);
    fates.markDeclared(new Drop(half.range(), Reason.REFUSED));
    assertEquals(List.of(new FateSpan(new Range(BOOT, 1, 5), "store_full", false)), fates.spans());
    fates.markDeclared(half);
    assertEquals(
        List.of(
            new FateSpan(new Range(BOOT, 1, 3), "store_full", false),
            new FateSpan(new Range(BOOT, 4, 5), "store_full", true)),
        fates.spans());
  }

  @Test
  void theFirstReasonOfADropStays() {
    RowFates fates = new RowFates(BOOT);
    fates.drop(2, 3, Reason.STORE_FULL);
    fates.drop(1, 4, Reason.STORE_DAMAGED);
    assertEquals(
        Arrays.asList(
            new Drop(new Range(BOOT, 2, 3), Reason.STORE_FULL),
            new Drop(new Range(BOOT, 1, 1), Reason.STORE_DAMAGED),
            new Drop(new Range(BOOT, 4, 4), Reason.STORE_DAMAGED)),
        fates.drops());
  }
}
