package dev.streetbox.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.datadir.BootDates;
import dev.streetbox.datadir.Disk;
import dev.streetbox.datadir.Secret;
import dev.streetbox.datadir.UnansweredException;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Derives the daily names of boots on both sides of midnight, with and without a clock. */
class DailyNamesTest {
  private static final Secret SECRET = new Secret(new byte[32]);
  private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
  private static final String BOARD = "10000000a1b2c3d4";
  private static final String OTHER_BOARD = "10000000a1b2c3d5";
  private static final Duration HOLD = Duration.ofSeconds(60);

  /** 23:50 in Beijing, on the 25th. */
  private static final Instant EVENING = Instant.parse("2026-11-25T15:50:00Z");

  @TempDir Path dir;

  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();
  private Outbox outbox;

  /** Returns the names at the start of a boot without a trusted clock. */
  private DailyNames boot(int boot) {
    return boot(boot, BOARD);
  }

  private DailyNames boot(int boot, String board) {
    outbox = new Outbox(boot, dir);
    outbox.append(new Anchor(boot, 0, 0, TimeSource.EST, 0));
    return new DailyNames(SECRET, board, BootDates.of(dir), BEIJING, HOLD, outbox, time, faults);
  }

  /** Returns the names of a boot whose clock is trusted. */
  private DailyNames boot(int boot, Instant utc) {
    return boot(boot, BOARD, utc);
  }

  private DailyNames boot(int boot, String board, Instant utc) {
    DailyNames names = boot(boot, board);
    trust(utc);
    assertTrue(names.isAssigned());
    return names;
  }

  private void trust(Instant utc) {
    long tickMs = time.tickMs();
    outbox.append(new Anchor(outbox.boot(), tickMs, utc.toEpochMilli(), TimeSource.GNSS, 1_000));
  }

  @Test
  void theNameOfADayIsKnownWithoutABoot() {
    assertEquals(
        boot(41, EVENING).of(41),
        DailyNames.ofDay(SECRET, BOARD, LocalDate.ofInstant(EVENING, BEIJING), 41));
  }

  @Test
  void theBootsOfALocalDayHaveOneIdAndConsecutiveNumbers() {
    PublishedNames.Name first = boot(41, EVENING.minus(Duration.ofHours(23))).of(41);
    DailyNames names = boot(42, EVENING);
    assertEquals(new PublishedNames.Name(first.box(), first.boot() + 1), names.of(42));
    assertEquals(first, names.of(41));
    assertTrue(first.box().matches("sb-[0-9a-f]{16}"), first.box());
  }

  @Test
  void noTwoDaysShareAnIdOrHaveNumbersThatAreClose() {
    List<PublishedNames.Name> names =
        IntStream.range(0, 100)
            .mapToObj(day -> boot(day + 1, EVENING.plus(Duration.ofDays(day))).of(day + 1))
            .toList();
    assertEquals(100, names.stream().map(PublishedNames.Name::box).distinct().count());
    assertEquals(100, names.stream().map(name -> name.boot() / 1_000).distinct().count());
    assertTrue(names.stream().allMatch(name -> name.boot() > 0));
  }

  @Test
  void theNameExpiresAtLocalMidnight() {
    DailyNames names = boot(41, EVENING);
    time.pass(Duration.ofMinutes(10).minusMillis(1));
    assertFalse(names.isExpired());
    time.pass(Duration.ofMillis(1));
    assertTrue(names.isExpired());
  }

  @Test
  void aBootWhoseClockIsFirstTrustedAfterMidnightHasTheNameOfTheNewDay() {
    DailyNames names = boot(41);
    assertFalse(names.isAssigned());
    time.pass(Duration.ofSeconds(20));
    trust(EVENING.plus(Duration.ofMinutes(10)));
    assertTrue(names.isAssigned());
    assertFalse(names.isExpired());
    PublishedNames.Name late = names.of(41);
    assertEquals(late.box(), boot(42, EVENING.plus(Duration.ofHours(9))).of(42).box());
  }

  @Test
  void aBootWithoutAClockAtTheEndOfTheWaitKeepsANameOfItsOwn() {
    DailyNames names = boot(41);
    time.pass(HOLD);
    assertTrue(names.isAssigned());
    PublishedNames.Name own = names.of(41);
    trust(EVENING);
    assertTrue(names.isAssigned());
    assertFalse(names.isExpired());
    assertEquals(own, names.of(41));
    assertNotEquals(own.box(), boot(42, EVENING).of(42).box());
    assertNotEquals(own.box(), boot(43).of(43).box());
  }

  @Test
  void theBootIsFoundOfEachNameThatWasPublished() {
    boot(40, EVENING).isAssigned();
    DailyNames names = boot(41, EVENING.plus(Duration.ofDays(1)));
    names.isAssigned();
    PublishedBoots boots = new PublishedBoots(names, outbox);
    for (int boot = 1; boot <= 41; boot++) {
      PublishedNames.Name name = names.of(boot);
      assertEquals(OptionalInt.of(boot), boots.find(name.box(), name.boot()));
    }
    assertEquals(OptionalInt.empty(), boots.find(names.of(41).box(), names.of(42).boot()));
    assertEquals(OptionalInt.empty(), boots.find(names.of(40).box(), names.of(41).boot()));
    assertEquals(OptionalInt.empty(), boots.find("sb-0042", 41));
  }

  @Test
  void theNameOfABootWithoutAClockExpiresAfterADay() {
    DailyNames names = boot(41);
    time.pass(Duration.ofHours(24).minusMillis(1));
    assertFalse(names.isExpired());
    time.pass(Duration.ofMillis(1));
    assertTrue(names.isExpired());
  }

  @Test
  void anotherSecretGivesAnotherIdAndAnotherNumber() {
    PublishedNames.Name ours = boot(41, EVENING).of(41);
    DailyNames theirs =
        new DailyNames(
            Secret.drawn(), BOARD, BootDates.of(dir), BEIJING, HOLD, outbox, time, faults);
    assertNotEquals(ours.box(), theirs.of(41).box());
    assertNotEquals(ours.boot(), theirs.of(41).boot());
  }

  @Test
  void aCopyOfACardOnAnotherBoardHasOtherNamesWithAndWithoutAClock() throws IOException {
    PublishedNames.Name ours = boot(41, EVENING).of(41);
    DailyNames untimed = boot(42);
    time.pass(HOLD);
    assertTrue(untimed.isAssigned());
    PublishedNames.Name oursUntimed = untimed.of(42);
    Files.delete(dir.resolve("days"));
    PublishedNames.Name theirs = boot(41, OTHER_BOARD, EVENING).of(41);
    assertNotEquals(ours.box(), theirs.box());
    assertNotEquals(ours.boot(), theirs.boot());
    assertNotEquals(oursUntimed.box(), boot(42, OTHER_BOARD).of(42).box());
  }

  @Test
  void aCardThatIsMovedToAnotherBoardKeepsTheNamesOfItsEarlierBoots() {
    PublishedNames.Name first = boot(41, EVENING).of(41);
    DailyNames untimed = boot(42);
    time.pass(HOLD);
    assertTrue(untimed.isAssigned());
    PublishedNames.Name second = untimed.of(42);
    Event event = new Event(42, 1, Event.Kind.LOSS, 5_000, 0, Map.of(Event.LOST_BOOT, 41));
    String key = untimed.eventKey(event);
    DailyNames moved = boot(43, OTHER_BOARD, EVENING);
    assertEquals(first, moved.of(41));
    assertEquals(second, moved.of(42));
    assertEquals(key, moved.eventKey(event));
    assertNotEquals(first.box(), moved.of(43).box());
    assertEquals(moved.of(43).box(), boot(44, OTHER_BOARD, EVENING).of(44).box());
  }

  @Test
  void bootsOfAVersionThatDidNotKnowBoardsKeepTheirNames() throws IOException {
    Files.writeString(dir.resolve("days"), "41 2026-11-25\n");
    DailyNames names = boot(43, EVENING);
    assertEquals(
        "sb-" + HexFormat.of().formatHex(SECRET.code("name 2026-11-25"), 0, 8), names.of(41).box());
    assertEquals(
        "sb-" + HexFormat.of().formatHex(SECRET.code("name boot 42"), 0, 8), names.of(42).box());
    assertNotEquals(names.of(41).box(), names.of(43).box());
  }

  @Test
  void aLossIsPublishedUnderTheNameOfTheBootThatHadItAndNamesNoOther() {
    boot(41, EVENING);
    DailyNames names = boot(42, EVENING.plus(Duration.ofDays(1)));
    Map<String, Object> body = Map.of(Event.LOST_BOOT, 41, "first", 512, "reason", "power_cut");
    Event event = new Event(42, 1, Event.Kind.LOSS, 5_000, 0, body);
    assertEquals(41, names.namingBoot(event));
    String json =
        new String(
            new EventJson(Boxes.sharedFields(names), names)
                .of(event, List.of(), outbox.timeline(41), 512_000),
            UTF_8);
    PublishedNames.Name then = names.of(41);
    String from = "{\"v\":1,\"box\":\"%s\",\"boot\":%d,\"id\":\"%s-%d-";
    assertTrue(
        json.startsWith(from.formatted(then.box(), then.boot(), then.box(), then.boot())), json);
    assertTrue(json.contains("\"lost_boot\":" + then.boot()), json);
    assertFalse(json.contains(names.of(42).box().substring(3)), json);
    assertFalse(json.contains("" + names.of(42).boot()), json);
  }

  @Test
  void hashesOfAConfigurationAreComparableOnlyWithinADay() {
    String one = boot(41, EVENING).pseudonymOf("c0ffee", 41);
    assertEquals(one, boot(42, EVENING).pseudonymOf("c0ffee", 42));
    assertNotEquals(one, boot(42, EVENING).pseudonymOf("c0ffef", 42));
    assertNotEquals(one, boot(43, EVENING.plus(Duration.ofDays(1))).pseudonymOf("c0ffee", 43));
  }

  @Test
  void aDayThatCannotBeStoredIsAFaultAndTheBootHasANameOfItsOwn() throws IOException {
    Files.createDirectories(dir.resolve("days/in the way"));
    PublishedNames.Name name = boot(41, EVENING).of(41);
    assertEquals(List.of("pseudonym"), faults.list().stream().map(Faults.Fault::place).toList());
    assertEquals(name, boot(42).of(41));
  }

  /** Keeps what is asked of it and does it when it answers, after the caller has given up. */
  private static final class LateDisk implements Disk {
    private final List<Work<?>> waiting = new ArrayList<>();
    private boolean answers = true;

    @Override
    public <T> T call(Work<T> work) throws IOException {
      if (answers) {
        return work.run();
      }
      waiting.add(work);
      throw new UnansweredException();
    }

    void answer() throws IOException {
      answers = true;
      for (Work<?> work : waiting) {
        work.run();
      }
    }
  }

  @Test
  void aDiskThatDoesNotAnswerIsAFaultAndTheBootKeepsANameOfItsOwnWhenItAnswers()
      throws IOException {
    LateDisk disk = new LateDisk();
    outbox = new Outbox(41, dir);
    outbox.append(new Anchor(41, 0, 0, TimeSource.EST, 0));
    BootDates dates = new BootDates(dir, disk);
    DailyNames names = new DailyNames(SECRET, BOARD, dates, BEIJING, HOLD, outbox, time, faults);
    disk.answers = false;
    trust(EVENING);
    assertTrue(names.isAssigned());
    PublishedNames.Name own = names.of(41);
    assertTrue(
        faults.list().get(0).text().contains("cannot be stored: the disk does not answer"),
        faults.list().toString());
    disk.answer();
    assertEquals(own, names.of(41));
    assertEquals(own, boot(42).of(41), "what was written late has no day");
    assertNotEquals(own.box(), boot(43, EVENING).of(43).box());
  }

  @Test
  void daysThatWereNotReadBecauseTheDiskDidNotAnswerAreNotOverwritten() throws IOException {
    PublishedNames.Name earlier = boot(41, EVENING).of(41);
    LateDisk disk = new LateDisk();
    disk.answers = false;
    outbox = new Outbox(42, dir);
    outbox.append(new Anchor(42, 0, 0, TimeSource.EST, 0));
    BootDates dates = new BootDates(dir, disk);
    DailyNames names = new DailyNames(SECRET, BOARD, dates, BEIJING, HOLD, outbox, time, faults);
    disk.answer();
    trust(EVENING);
    assertTrue(names.isAssigned());
    assertEquals(earlier, names.of(41));
    assertEquals(earlier.box(), boot(43).of(42).box());
  }

  @Test
  void aCorruptLineAffectsOnlyTheDayOfItsBoot() throws IOException {
    PublishedNames.Name name = boot(41, EVENING).of(41);
    String board = Files.readString(dir.resolve("days")).strip().split(" ", 3)[2];
    Files.writeString(
        dir.resolve("days"),
        "40 2026-11-25 B\n\nx 2026-11-25\n42\n41 2026-11-25 B\n".replace("B", board));
    assertEquals(name, boot(43).of(41));
    assertEquals(name.box(), boot(43).of(40).box());
  }

  @Test
  void aNameOfItsOwnExpiresAtTheMidnightAfterTheClockIsTrusted() {
    DailyNames names = boot(41);
    time.pass(HOLD);
    assertTrue(names.isAssigned());
    trust(EVENING);
    assertFalse(names.isExpired());
    time.pass(Duration.ofMinutes(10));
    assertTrue(names.isExpired());
  }

  @Test
  void aBootWithoutANameHasNoNameThatExpires() {
    DailyNames names = boot(41);
    trust(EVENING);
    assertFalse(names.isExpired());
    time.pass(Duration.ofMinutes(10));
    assertFalse(names.isExpired());
  }

  @Test
  void theKeyOfAnEventIsItsNumberUnlessTheEventIsAboutAnotherBoot() {
    DailyNames names = boot(42, EVENING);
    Map<String, Object> text = Map.of("text", "pothole");
    assertEquals("7", names.eventKey(new Event(42, 7, Event.Kind.REPORT, 5_000, 0, text)));
    Map<String, Object> lost = Map.of(Event.LOST_BOOT, 41);
    String seventh = names.eventKey(new Event(42, 7, Event.Kind.LOSS, 5_000, 0, lost));
    String eighth = names.eventKey(new Event(42, 8, Event.Kind.LOSS, 5_000, 0, lost));
    assertTrue(seventh.matches("[0-9a-f]{12}"), seventh);
    assertNotEquals(seventh, eighth);
  }

  /** Expects values of an HMAC-SHA256 computed by another program (Python's hmac). */
  @Test
  void theNameOfABootIsTheSameInEveryVersionSoThatItsRowsStayTogether() throws IOException {
    Files.writeString(dir.resolve("days"), "41 2026-11-25\n");
    assertEquals(new PublishedNames.Name("sb-6e8b4153e05b9c54", 1_014_226_096), boot(43).of(41));
    Files.delete(dir.resolve("days"));
    assertEquals(
        new PublishedNames.Name("sb-353629c311d85bf7", 752_769_596), boot(41, EVENING).of(41));
  }

  @Test
  void whatABrokerKeepsUnderADaysNameExpiresAfterTwoDays() {
    assertEquals(Optional.of(Duration.ofDays(2)), boot(41, EVENING).retention());
    assertEquals(Optional.empty(), new PlainNames("sb-0042").retention());
  }
}
