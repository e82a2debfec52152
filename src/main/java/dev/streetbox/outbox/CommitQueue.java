package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import java.util.List;

/**
 * Gives the {@link Committer} what the store does not have, and takes what the store has. Safe for
 * every thread: shares the lock of the {@link Outbox} that it belongs to.
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

  /** Tells whether something should not wait for the next commit period. */
  boolean urgent() {
    synchronized (lock) {
      return !events.unsaved().isEmpty();
    }
  }

  /** Returns what the store does not have. */
  Commit pending() {
    synchronized (lock) {
      return new Commit(buffer.pending(), ledgers.unsaved(), events.unsaved(), events.gone());
    }
  }

  /** Notes that the store has this. */
  void committed(Commit commit) {
    synchronized (lock) {
      commit.rows().stream().mapToLong(Row::seq).max().ifPresent(buffer::durable);
      ledgers.saved(commit.ledgers());
      events.saved(commit);
    }
  }

  /**
   * Takes over what the store has of earlier boots, and declares what those lost that did not end
   * as they should.
   *
   * @param expected boots that must have been; of one that the store does not know, all is lost
   * @param reason why the store does not know a boot
   */
  void adopt(StoreContent content, List<Integer> expected, Reason reason) {
    synchronized (lock) {
      declarations.declareCorrections(ledgers.adopt(content.ledgers()));
      events.restore(content.events());
      for (int boot : expected) {
        ledgers.open(boot).ifPresent(lost -> declarations.declareCut(lost, reason));
      }
      content.ledgers().values().stream()
          .filter(of -> of.state() == BootState.RUNNING)
          .forEach(of -> declarations.declareCut(of, Reason.POWER_CUT));
    }
  }

  /** Notes that the store is gone, and with it every row that memory does not have. */
  void storeLost() {
    synchronized (lock) {
      ledgers.storeLost(buffer.oldest());
      buffer.storeLost();
      events.storeLost();
    }
  }

  /** Notes that the running boot ends, as it should. */
  void end() {
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
   * Returns the earlier boots of which nothing is left to send or tell, from the oldest on without
   * a gap.
   */
  List<Integer> finished() {
    synchronized (lock) {
      return ledgers.earlier().stream()
          .takeWhile(of -> of.isFinished() && !events.referTo(of.boot()))
          .map(Ledger::boot)
          .toList();
    }
  }

  /** Notes that the store has nothing of these boots any more. */
  void forget(List<Integer> boots) {
    synchronized (lock) {
      ledgers.forget(boots);
    }
  }

  /** Returns how many rows of all boots the store had and does not have. */
  long damagedRows() {
    synchronized (lock) {
      return ledgers.dropped(Reason.STORE_DAMAGED);
    }
  }
}
