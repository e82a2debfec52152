package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;
import dev.streetbox.outbox.Drop;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.RangeAccount;
import dev.streetbox.outbox.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Sorts the rows of a requested range by what can be done for them. The effort is limited by the
 * number of rows that may be sent, however long the range is. Safe for every thread.
 */
final class RequestedRows {
  /** Limits the parts of an answer, so that the answer stays below some kilobytes. */
  static final int MAX_PARTS = 100;

  private static final String RETENTION = "retention";
  private static final String LOST = "lost";

  private final Outbox outbox;

  RequestedRows(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * Returns the answer to a request, as if nothing limited the rows of a day.
   *
   * @param range rows of a boot of this box
   * @param limit ends the search in the store after that many rows
   * @throws IOException if the store cannot be read now
   */
  ResendAnswer answer(Range range, long limit) throws IOException {
    Optional<RangeAccount> account = outbox.account(range);
    ResendAnswer answer =
        account.isPresent() ? answer(range, account.get(), limit) : withoutAccount(range);
    List<Range> parts = parts(answer);
    if (parts.size() <= MAX_PARTS) {
      return answer;
    }
    return ResendAnswer.refused(
        "rows %d to %d are in more than %d parts: ask for %d to %d first"
            .formatted(
                range.first(),
                range.last(),
                MAX_PARTS,
                range.first(),
                parts.get(MAX_PARTS - 1).last()));
  }

  private ResendAnswer withoutAccount(Range range) {
    return range.boot() < outbox.boot()
        ? new ResendAnswer(
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(new ResendAnswer.Gone(range, RETENTION)),
            List.of())
        : never(range);
  }

  /** Returns the answer for rows that were never made. */
  static ResendAnswer never(Range range) {
    return new ResendAnswer(Optional.empty(), List.of(), List.of(), List.of(), List.of(range));
  }

  private ResendAnswer answer(Range range, RangeAccount account, long limit) throws IOException {
    List<ResendAnswer.Gone> gone = new ArrayList<>();
    account.drops().forEach(drop -> gone.add(gone(drop)));
    List<Range> stored = outbox.stored(account.acknowledged(), limit);
    if (stored.stream().mapToLong(Range::size).sum() < limit) {
      removed(account.acknowledged(), stored)
          .forEach(rows -> gone.add(new ResendAnswer.Gone(rows, RETENTION)));
    }
    List<Range> never = new ArrayList<>();
    if (range.last() > account.last()) {
      Range beyond =
          new Range(range.boot(), Math.max(range.first(), account.last() + 1), range.last());
      if (account.cut()) {
        gone.add(new ResendAnswer.Gone(beyond, LOST));
      } else {
        never.add(beyond);
      }
    }
    gone.sort(Comparator.comparingLong(one -> one.rows().first()));
    return new ResendAnswer(Optional.empty(), stored, account.open(), gone, never);
  }

  private static List<Range> removed(List<Range> acknowledged, List<Range> stored) {
    if (acknowledged.isEmpty()) {
      return List.of();
    }
    Seqs there = new Seqs(acknowledged.get(0).boot());
    stored.forEach(rows -> there.add(rows.first(), rows.last()));
    return acknowledged.stream()
        .flatMap(rows -> there.gaps(rows.first(), rows.last()).stream())
        .toList();
  }

  private static ResendAnswer.Gone gone(Drop drop) {
    String reason =
        switch (drop.reason()) {
          case REFUSED -> Reason.REFUSED.key();
          case POWER_CUT, PROCESS_KILLED -> LOST;
          case STORE_FULL, STORE_FAILED, STORE_DAMAGED -> "dropped:" + drop.reason().key();
        };
    return new ResendAnswer.Gone(drop.range(), reason);
  }

  /** Returns the parts of all lists, the lowest first. */
  private static List<Range> parts(ResendAnswer answer) {
    List<Range> parts = new ArrayList<>(answer.willSend());
    parts.addAll(answer.waiting());
    answer.gone().forEach(one -> parts.add(one.rows()));
    parts.addAll(answer.never());
    parts.sort(Comparator.comparingLong(Range::first));
    return parts;
  }
}
