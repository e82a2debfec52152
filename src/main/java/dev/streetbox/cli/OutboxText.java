package dev.streetbox.cli;

import dev.streetbox.measure.Range;
import dev.streetbox.outbox.Depth;
import dev.streetbox.outbox.Drop;
import dev.streetbox.outbox.StoreAccount;
import dev.streetbox.outbox.Verification;
import dev.streetbox.screen.HumanText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Formats the store's content for people, 80 columns wide except for file names. */
final class OutboxText {
  private OutboxText() {}

  /**
   * Returns the sizes, and the depth of each boot with the age of its oldest row to send.
   *
   * @param now the system clock, from which ages are computed
   */
  static String of(Path dataDir, Depth depth, Instant now) {
    StringBuilder text = new StringBuilder("store  " + dataDir + "\n");
    text.append(
        String.format(
            Locale.ROOT,
            "size   %.1f MB and a log of %.1f MB, %d %s to send%n",
            depth.fileBytes() / 1e6,
            depth.logBytes() / 1e6,
            depth.events(),
            depth.events() == 1 ? "event" : "events"));
    text.append(depthLine("boot", "state", "stored", "to send", "oldest to send", "age"));
    for (Depth.OfBoot boot : depth.boots()) {
      text.append(
          depthLine(
              boot.boot(),
              boot.open() ? "open" : "over",
              boot.stored(),
              boot.unacknowledged(),
              time(boot.oldestMs()),
              age(boot.oldestMs(), now)));
    }
    for (Depth.OfBoot boot : depth.boots()) {
      if (boot.unsampled() > 0) {
        boolean one = boot.unsampled() == 1;
        text.append(
            "boot %d: %d %s no row%n"
                .formatted(boot.boot(), boot.unsampled(), one ? "second has" : "seconds have"));
      }
    }
    return text.toString();
  }

  private static String depthLine(Object... cells) {
    return String.format(Locale.ROOT, "%10s  %-5s %10s %10s  %-23s  %s", cells).stripTrailing()
        + "\n";
  }

  private static String time(OptionalLong utcMs) {
    return utcMs.isPresent() ? HumanText.UTC.format(Instant.ofEpochMilli(utcMs.getAsLong())) : "-";
  }

  /** Returns a dash if the system clock is not set yet and so is before the row's time. */
  private static String age(OptionalLong utcMs, Instant now) {
    if (utcMs.isEmpty() || now.toEpochMilli() < utcMs.getAsLong()) {
      return "-";
    }
    return HumanText.duration(Duration.ofMillis(now.toEpochMilli() - utcMs.getAsLong()));
  }

  /** Returns a table of the boots, then a line for each range neither stored nor acknowledged. */
  static String of(Verification verification) {
    Formatter text = new Formatter(Locale.ROOT);
    row(text, "boot", "sampled", "stored", "acknowledged", "dropped", "unexplained", "state");
    verification
        .accounts()
        .forEach(storeAccount -> account(text, storeAccount, verification.open()));
    verification.accounts().forEach(storeAccount -> exceptions(text, storeAccount));
    for (int open : verification.open()) {
      text.format(
          "boot %d is open: it is running, or the next boot declares the lost rows%n", open);
    }
    for (Range range : verification.unexplained()) {
      text.format("%s unexplained%n", rows(range));
    }
    verification.corruption().forEach(finding -> text.format("corrupt: %s%n", finding));
    text.format("%s%n", verification.isSound() ? "sound, and every row is explained" : "not sound");
    return text.toString();
  }

  private static void account(Formatter text, StoreAccount storeAccount, List<Integer> open) {
    long dropped = storeAccount.drops().stream().mapToLong(drop -> drop.range().size()).sum();
    String state =
        storeAccount.lostFrom().isPresent()
            ? "cut"
            : open.contains(storeAccount.boot()) ? "open" : "over";
    row(
        text,
        storeAccount.boot(),
        storeAccount.sampled(),
        storeAccount.stored(),
        storeAccount.acknowledged(),
        dropped,
        storeAccount.unexplained(),
        state);
  }

  private static void row(Formatter text, Object... cells) {
    text.format("%10s %10s %10s %12s %9s %11s  %s%n", cells);
  }

  private static void exceptions(Formatter text, StoreAccount storeAccount) {
    for (Drop drop : storeAccount.drops()) {
      text.format("%s dropped: %s%n", rows(drop.range()), drop.reason().key());
    }
    storeAccount
        .lostFrom()
        .ifPresent(
            first ->
                text.format(
                    "boot %d, rows from %d on: lost, and declared%n", storeAccount.boot(), first));
  }

  private static String rows(Range range) {
    return "boot " + range.boot() + ", rows " + range.first() + " to " + range.last() + ":";
  }
}
