package dev.streetbox.publish;

import dev.streetbox.outbox.Outbox;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Finds the boot that was published under a name. Safe for every thread. */
final class PublishedBoots {
  /** Limits the boots without an account that are tried, because each costs an HMAC. */
  private static final int TRIED_BOOTS = 1000;

  private final PublishedNames names;
  private final Outbox outbox;

  PublishedBoots(PublishedNames names, Outbox outbox) {
    this.names = names;
    this.outbox = outbox;
  }

  /**
   * Returns the boot with a published name; empty if no boot up to the running one has it, as far
   * as the box can find out.
   *
   * @param box the id in topics and messages
   * @param number the boot's number in messages
   */
  OptionalInt find(String box, int number) {
    PublishedNames.Name name = new PublishedNames.Name(box, number);
    int running = outbox.boot();
    IntStream same = IntStream.of(number).filter(boot -> boot >= 1 && boot <= running);
    IntStream latest =
        IntStream.iterate(running, boot -> boot > Math.max(0, running - TRIED_BOOTS), b -> b - 1);
    IntStream known = outbox.boots().stream().mapToInt(Integer::intValue);
    return IntStream.concat(same, IntStream.concat(latest, known))
        .filter(boot -> names.of(boot).equals(name))
        .findFirst();
  }
}
