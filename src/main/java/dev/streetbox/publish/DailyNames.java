package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import dev.streetbox.datadir.BootDates;
import dev.streetbox.datadir.Secret;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.measure.Timeline;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Derives names that change every local day and that cannot be linked without the box's secret: box
 * id and boot numbers are an HMAC-SHA256 of day and board under that secret. Within a day the boot
 * numbers are consecutive, so that a receiver can account for all rows of the day. The board is
 * part of the name so that two copies of a card never have the same one. A card that is moved keeps
 * the names of its earlier boots, because the board of each boot is on disk. Boots of a version
 * that did not know boards keep the names that they had.
 *
 * <p>A boot has one name for all its rows, so its name {@link #isExpired expires} at midnight. The
 * name is that of the day in which the boot's clock was first trusted. That day is on disk before
 * anything is sent, so that a row that is sent again, or declared lost by a later boot, has the
 * same key. A boot without a trusted clock gets, after a limited wait, a name of its own.
 *
 * <p>Safe for every thread.
 */
public final class DailyNames implements PublishedNames {
  /** The time after which the name of a boot without a trusted clock expires. */
  private static final Duration DAY = Duration.ofDays(1);

  /** The name of a day is used for two days at most: the next day sends what was left. */
  public static final Duration RETENTION = Duration.ofDays(2);

  private static final String PLACE = "pseudonym";
  private static final int ID_BYTES = 8;
  private static final int HASH_BYTES = 6;
  private static final int BOARD_BYTES = 8;

  private final Secret secret;
  private final String board;
  private final BootDates bootDates;
  private final ZoneId zone;
  private final Duration hold;
  private final Outbox outbox;
  private final Time time;
  private final Faults faults;
  private volatile boolean assigned;

  /** The day on disk of the running boot. */
  private volatile Optional<LocalDate> storedDay;

  /**
   * The day whose end ends the name: that on disk, or the first known after the name was assigned.
   */
  private Optional<LocalDate> assignedDay = Optional.empty();

  /**
   * Stores the board of the running boot.
   *
   * @param board the serial number of the board, which is not published
   * @param bootDates the days of the boots, on disk
   * @param zone the zone whose midnight ends a day
   * @param hold how long after its start a boot without a trusted clock gets a name of its own
   * @param time the clock of the rows
   */
  public DailyNames(
      Secret secret,
      String board,
      BootDates bootDates,
      ZoneId zone,
      Duration hold,
      Outbox outbox,
      Time time,
      Faults faults) {
    this.secret = secret;
    this.board = codeOf(board, secret);
    this.bootDates = bootDates;
    this.zone = zone;
    this.hold = hold;
    this.outbox = outbox;
    this.time = time;
    this.faults = faults;
    this.storedDay = bootDates.of(outbox.boot());
    try {
      bootDates.put(outbox.boot(), storedDay, this.board);
    } catch (IOException e) {
      // The attempt to store the day, which fails likewise, is a fault.
    }
  }

  /** {@inheritDoc} Called by one thread, which waits for the disk, for a limited time. */
  @Override
  public boolean isAssigned() {
    if (!assigned) {
      Optional<LocalDate> today = today();
      today.ifPresent(this::storeDay);
      assigned = today.isPresent() || time.tickMs() >= hold.toMillis();
    }
    return assigned;
  }

  private void storeDay(LocalDate today) {
    try {
      bootDates.put(outbox.boot(), Optional.of(today), board);
      storedDay = Optional.of(today);
    } catch (IOException e) {
      faults.raise(
          Subsystem.PRIVACY,
          PLACE,
          "this boot has a name of its own, because its day cannot be stored: " + e.getMessage(),
          time.tickMs());
    }
  }

  @Override
  public synchronized boolean isExpired() {
    Optional<LocalDate> today = today();
    if (today.isEmpty()) {
      return time.tickMs() >= DAY.toMillis();
    }
    if (assignedDay.isEmpty()) {
      assignedDay = storedDay.or(() -> assigned ? today : Optional.empty());
    }
    return assignedDay.isPresent() && !assignedDay.equals(today);
  }

  /** Returns the local date; empty without a trusted clock. */
  private Optional<LocalDate> today() {
    Timeline timeline = outbox.timeline(outbox.boot());
    return timeline.isEstimate()
        ? Optional.empty()
        : Optional.of(
            LocalDate.ofInstant(Instant.ofEpochMilli(timeline.utcMs(time.tickMs())), zone));
  }

  @Override
  public synchronized Optional<String> formerBox() {
    int boot = outbox.boot();
    return bootDates
        .of(boot)
        .map(day -> name(secret.code("name " + day.minusDays(1) + ofBoard(boot)), boot).box());
  }

  @Override
  public Optional<Duration> retention() {
    return Optional.of(RETENTION);
  }

  @Override
  public Name of(int boot) {
    Optional<LocalDate> known = boot == outbox.boot() ? storedDay : bootDates.of(boot);
    String day = known.map(LocalDate::toString).orElse("boot " + boot);
    return name(secret.code("name " + day + ofBoard(boot)), boot);
  }

  /**
   * Returns the name that a boot gets whose clock is trusted on a day.
   *
   * @param board the serial number of the board
   * @param day the local day
   */
  public static Name ofDay(Secret secret, String board, LocalDate day, int boot) {
    return name(secret.code("name " + day + " board " + codeOf(board, secret)), boot);
  }

  private static String codeOf(String board, Secret secret) {
    return HexFormat.of().formatHex(secret.code("board " + board), 0, BOARD_BYTES);
  }

  private static Name name(byte[] code, int boot) {
    // The start has 30 bits, so that adding the boot does not overflow and numbers stay in order.
    long start = ByteBuffer.wrap(code).getInt(ID_BYTES) & (1 << 30) - 1;
    int number = (int) ((start + boot) % (Integer.MAX_VALUE - 1)) + 1;
    return new Name("sb-" + HexFormat.of().formatHex(code, 0, ID_BYTES), number);
  }

  /** Returns what the board adds to the text from which a boot's names are derived. */
  private String ofBoard(int boot) {
    Optional<String> known =
        boot == outbox.boot() ? Optional.of(board) : bootDates.boardOf(boot, board);
    return known.map(code -> " board " + code).orElse("");
  }

  /** {@inheritDoc} It is the boot that the event is about, because no message may name two days. */
  @Override
  public int namingBoot(Event event) {
    return event.about();
  }

  @Override
  public String eventKey(Event event) {
    return event.about() == event.boot()
        ? Integer.toString(event.number())
        : hexCode("event " + event.boot() + " " + event.number() + ofBoard(event.boot()));
  }

  @Override
  public String pseudonymOf(String hash, int boot) {
    return hexCode("hash " + of(boot).box() + " " + hash);
  }

  private String hexCode(String text) {
    return HexFormat.of().formatHex(secret.code(text), 0, HASH_BYTES);
  }
}
