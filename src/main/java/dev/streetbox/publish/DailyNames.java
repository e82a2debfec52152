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
 * Names that change every local day, and that nobody can link who has not the box's secret: the id
 * and the numbers of the boots are drawn from secret and day (HMAC-SHA256). Within a day the
 * numbers go on by one, so that the account of rows closes for whoever receives them.
 *
 * <p>A boot has one name for all its rows, so a boot is {@link #isOver over} at midnight. It is
 * named after the day in which its clock was first trusted; that is on disk before anything is
 * sent, so that a row that is sent again, or declared lost by a later boot, has the same key. A
 * boot that has no clock when its rows have waited for long enough has a name of its own, which it
 * shares with no other.
 */
public final class DailyNames implements PublishedNames {
  /** A boot that never sees a clock is over after a day of its own. */
  private static final Duration DAY = Duration.ofDays(1);

  private static final String PLACE = "pseudonym";
  private static final int ID_BYTES = 8;
  private static final int HASH_BYTES = 6;

  private final Secret secret;
  private final BootDates bootDates;
  private final ZoneId zone;
  private final Duration hold;
  private final Outbox outbox;
  private final Time time;
  private final Faults faults;
  private boolean settled;
  private Optional<LocalDate> begun = Optional.empty();

  /**
   * @param bootDates the names that earlier boots have
   * @param zone whose midnight ends a day
   * @param hold how old a boot without a clock gets before it has a name of its own
   */
  public DailyNames(
      Secret secret,
      BootDates bootDates,
      ZoneId zone,
      Duration hold,
      Outbox outbox,
      Time time,
      Faults faults) {
    this.secret = secret;
    this.bootDates = bootDates;
    this.zone = zone;
    this.hold = hold;
    this.outbox = outbox;
    this.time = time;
    this.faults = faults;
  }

  @Override
  public synchronized boolean isSettled() {
    if (!settled) {
      Optional<LocalDate> today = today();
      today.ifPresent(this::nameAfter);
      settled = today.isPresent() || time.tickMs() >= hold.toMillis();
    }
    return settled;
  }

  private void nameAfter(LocalDate today) {
    try {
      bootDates.put(outbox.boot(), today);
    } catch (IOException e) {
      faults.raise(
          Subsystem.PRIVACY,
          PLACE,
          "this boot has a name of its own, since the day's cannot be kept: " + e.getMessage(),
          time.tickMs());
    }
  }

  @Override
  public synchronized boolean isOver() {
    Optional<LocalDate> today = today();
    if (today.isEmpty()) {
      return time.tickMs() >= DAY.toMillis();
    }
    if (begun.isEmpty()) {
      begun = bootDates.of(outbox.boot()).or(() -> settled ? today : Optional.empty());
    }
    return begun.isPresent() && !begun.equals(today);
  }

  /** The local date, by a clock that is trusted. */
  private Optional<LocalDate> today() {
    Timeline timeline = outbox.timeline(outbox.boot());
    return timeline.isEstimate()
        ? Optional.empty()
        : Optional.of(
            LocalDate.ofInstant(Instant.ofEpochMilli(timeline.utcMs(time.tickMs())), zone));
  }

  @Override
  public synchronized Name of(int boot) {
    byte[] code =
        secret.code("name " + bootDates.of(boot).map(LocalDate::toString).orElse("boot " + boot));
    // Bit 30 and sign are left to the sum, so that numbers in a day are in order.
    long start = ByteBuffer.wrap(code).getInt(ID_BYTES) & (1 << 30) - 1;
    int number = (int) ((start + boot) % (Integer.MAX_VALUE - 1)) + 1;
    return new Name("sb-" + HexFormat.of().formatHex(code, 0, ID_BYTES), number);
  }

  /** What a boot tells of another is told in that one's name: nothing else may name both. */
  @Override
  public int teller(Event event) {
    return event.about();
  }

  @Override
  public String mark(Event event) {
    return event.about() == event.boot()
        ? Integer.toString(event.number())
        : drawn("event " + event.boot() + " " + event.number());
  }

  @Override
  public String seal(String hash, int boot) {
    return drawn("hash " + of(boot).box() + " " + hash);
  }

  private String drawn(String text) {
    return HexFormat.of().formatHex(secret.code(text), 0, HASH_BYTES);
  }
}
