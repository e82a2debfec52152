package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Gives the {@link Committer} what is not stored yet, and notes what is stored. Safe for every
 * thread, because it uses the lock of its {@link Outbox}.
 */
final class CommitQueue {
  private final Object lock;
  private final Ledgers ledgers;
  private final RowBuffer buffer;
  private final Events events;
  private final Declarations declarations;

  /** Shares the content of an outbox, which its lock guards. */
  CommitQueue(
      Object lock, Ledgers ledgers, RowBuffer buffer, Events events, Declarations declarations) {
    this.lock = lock;
    this.ledgers = ledgers;
    this.buffer = buffer;
    this.events = events;
    this.declarations = declarations;
  }

  /** Returns whether an event waits, which is not to wait for the next commit period. */
  boolean hasUrgent() {
    synchronized (lock) {
      return !events.unsaved().isEmpty();
    }
  }

  /** Returns what is not stored yet. */
  Commit pending() {
    synchronized (lock) {
      return new Commit(
          buffer.pending(), ledgers.unsaved(), events.unsaved(), events.acknowledged());
    }
  }

  /** Notes that a commit is durable. */
  void markCommitted(Commit commit) {
    synchronized (lock) {
      commit.rows().stream().mapToLong(Row::seq).max().ifPresent(buffer::markDurable);
      ledgers.markSaved(commit.ledgers());
      events.markSaved(commit);
    }
  }

  /**
   * Adds the stored content of earlier boots, and declares the possible losses of boots that were
   * cut off.
   *
   * @param expected boots that were counted; all rows of one that the store does not have are lost
   * @param absence returns why the store does not have a boot
   * @param cut returns why a stored boot has no end
   */
  void adopt(
      StoreContent content,
      List<Integer> expected,
      IntFunction<Reason> absence,
      IntFunction<Reason> cut) {
    synchronized (lock) {
      declarations.declareCorrections(ledgers.adopt(content.ledgers()));
      events.restore(content.events());
      for (int boot : expected) {
        ledgers.open(boot).ifPresent(lost -> declarations.declareCut(lost, absence.apply(boot)));
      }
      content.ledgers().values().stream()
          .filter(of -> of.state() == BootState.RUNNING)
          .forEach(of -> declarations.declareCut(of, cut.apply(of.boot())));
    }
  }

  /** Notes that the store is lost, with every row that is not in memory. */
  void storeLost() {
    synchronized (lock) {
      ledgers.storeLost(buffer.oldest());
      buffer.storeLost();
      events.storeLost();
    }
  }

  /** Notes that the running boot ends in order. */
  void markEnded() {
    synchronized (lock) {
      ledgers.running().state(BootState.ENDED);
    }
  }

  /** Returns the rows that need not be sent any more, the oldest boot first. */
  List<Range> settled() {
    synchronized (lock) {
      return ledgers.settled();
    }
  }

  /**
   * Returns the earlier boots of which nothing is left to send or declare: from the oldest up to
   * the first of which something is left.
   */
  List<Integer> finished() {
    synchronized (lock) {
      return ledgers.earlier().stream()
          .takeWhile(of -> of.isFinished() && !events.referTo(of.boot()))
          .map(Ledger::boot)
          .toList();
    }
  }

  /** Removes boots that the store has deleted. */
  void remove(List<Integer> boots) {
    synchronized (lock) {
      ledgers.remove(boots);
    }
  }

  /** Returns how many rows of all boots were dropped because the store was damaged. */
  long damagedRows() {
    synchronized (lock) {
      return ledgers.dropped(Reason.STORE_DAMAGED);
    }
  }
}
