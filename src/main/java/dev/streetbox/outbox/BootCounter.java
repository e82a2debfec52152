package dev.streetbox.outbox;

import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Numbers the boots, and never gives a number twice, so that no two rows ever share a key. The
 * number is in file {@code boot} and, from the first commit on, in the store; the larger counts, so
 * that either may be lost. The file also names the oldest boot with something left to send: should
 * the store be lost, these boots are the ones to declare.
 */
public final class BootCounter {
  /**
   * Numbers from here on are drawn, not counted. A counter does not come this far: that would be 20
   * boots a day for 147 000 years. Two drawn ones are equal once in 10<sup>9</sup>; counting from
   * the clock instead would not do, for without its disk a Pi begins every boot at the same time.
   */
  static final int FIRST_DRAWN = 1 << 30;

  /**
   * How far to leap when only the store is left to ask: boots that never reached the store may have
   * been counted by the file alone.
   */
  private static final int LEAP = 100;

  /** A year of boots; more is a counter that makes no sense. */
  private static final int MOST_EXPECTED = 10_000;

  /** Nine digits: below {@link #FIRST_DRAWN}. */
  private static final Pattern FORM = Pattern.compile("(\\d{1,9}) (\\d{1,9})\n");

  private static final String NAME = "boot";
  private static final String PLACE = "boot counter";

  /**
   * What the file says.
   *
   * @param boot the last boot that was counted, 0 if none was
   * @param oldest the oldest boot that may have something left to send
   */
  private record Count(int boot, int oldest) {}

  private final Path dataDir;
  private final Faults faults;

  /** The counter of a data folder; touches nothing yet. */
  public BootCounter(Path dataDir, Faults faults) {
    this.dataDir = dataDir;
    this.faults = faults;
  }

  /**
   * The number of the boot that begins now, durable before this returns. Called once, by main,
   * before the first row and under the {@link DataLock}. If it cannot be made durable (a read-only
   * disk), it is a number that no other boot has or gets, and a fault says so.
   */
  public int next() {
    try {
      Count next = count();
      PrivateFiles.folder(dataDir);
      PrivateFiles.replace(dataDir.resolve(NAME), next.boot() + " " + next.oldest() + "\n");
      return next.boot();
    } catch (IOException e) {
      int drawn = FIRST_DRAWN + new SecureRandom().nextInt(FIRST_DRAWN);
      faults.raise(
          Subsystem.STORE,
          PLACE,
          "cannot count this boot ("
              + e.getMessage()
              + "): it is number "
              + drawn
              + ", drawn at random. Try: findmnt -T "
              + dataDir,
          0);
      return drawn;
    }
  }

  /**
   * The last boot that was counted in a data folder, 0 if none was; counts nothing.
   *
   * @throws IOException if neither the file nor the store tells it
   */
  public static int last(Path dataDir) throws IOException {
    BootCounter counter = new BootCounter(dataDir, new Faults());
    return Files.exists(dataDir.resolve(NAME)) || Files.exists(dataDir.resolve(Store.NAME))
        ? counter.count().boot() - 1
        : 0;
  }

  private Count count() throws IOException {
    Optional<Count> store = Optional.empty();
    boolean storeUnknown = false;
    try {
      store = stored();
    } catch (IOException e) {
      storeUnknown = true;
    }
    Optional<Count> file = Optional.empty();
    try {
      file = read(dataDir);
    } catch (DamagedException e) {
      storeUnknown |= store.isEmpty();
    }
    if (file.isPresent()) {
      Count counted = file.get();
      return new Count(
          Math.max(counted.boot(), store.orElse(counted).boot()) + 1,
          store.orElse(counted).oldest());
    }
    if (storeUnknown) {
      throw new IOException("neither its file nor the store tells the last number");
    }
    int number = store.isPresent() ? store.get().boot() + LEAP : 1;
    return new Count(number, number);
  }

  /** What the store says, if there is one. */
  private Optional<Count> stored() throws IOException {
    if (!Files.exists(dataDir.resolve(Store.NAME))) {
      return Optional.empty();
    }
    try (StoreView view = StoreView.open(dataDir)) {
      NavigableMap<Integer, Ledger> ledgers = view.ledgers().headMap(FIRST_DRAWN, false);
      int highest = ledgers.isEmpty() ? 0 : ledgers.lastKey();
      return Optional.of(
          new Count(
              highest,
              ledgers.values().stream()
                  .filter(ledger -> !ledger.isFinished())
                  .mapToInt(Ledger::boot)
                  .findFirst()
                  .orElse(highest + 1)));
    }
  }

  /** What the file says, if there is one. */
  private static Optional<Count> read(Path dataDir) throws IOException {
    String text;
    try {
      text = Files.readString(dataDir.resolve(NAME), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new DamagedException(dataDir.resolve(NAME) + " holds no boot number");
    }
    int boot = Integer.parseInt(matcher.group(1));
    int oldest = Integer.parseInt(matcher.group(2));
    return Optional.of(new Count(boot, oldest));
  }

  /**
   * Boots that were counted and may have something left to send, without the one that is running;
   * none if the file cannot be read.
   */
  static List<Integer> expected(Path dataDir, int running) {
    try {
      Count count = read(dataDir).orElse(new Count(0, 1));
      return IntStream.rangeClosed(
              Math.max(count.oldest(), count.boot() - MOST_EXPECTED), count.boot())
          .filter(boot -> boot != running)
          .boxed()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Boots that were counted after that one, and that a store does not know yet. */
  static List<Integer> countedSince(Path dataDir, int newest) {
    return expected(dataDir, newest).stream().filter(boot -> boot > newest).toList();
  }
}
