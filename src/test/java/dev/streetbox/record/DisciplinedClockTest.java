package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.Loopback;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.LastKnownTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the daemons say is what chronyd 4.3 and ntpd (ntpsec 1.2.2) of Debian 12 said. */
class DisciplinedClockTest {
  private static final String CHRONY_WITHOUT_A_SOURCE =
      "06020000002100050000000000000000123456780000000000000000"
          + "00000000000000000000000000000000000000000000000000000003"
          + "00000000000000000000000000000000000000000000000000000000"
          + "0000000000000000048000000480000000000000";

  /** Configured with {@code local}: it passes its own clock on. */
  private static final String CHRONY_OF_ITSELF =
      "06020000002100050000000000000000123456780000000000000000"
          + "7f7f0101000000000000000000000000000000000000000000030000"
          + "000000006b04a9f532fec27200000000000000000000000000000000"
          + "0000000000000000000000000000000000000000";

  private static final String CHRONY_SYNCHRONISED =
      "06020000002100050000000000000000123456780000000000000000"
          + "7f0000017f0000010000000000000000000000000001000000040000"
          + "000000006b04aa0003284791df661f85d938ca1dd6f28a06fcb479f4"
          + "f50fb806feaf2803e0f39aeddae0648904824b3c";

  private static final String NTPD_WITHOUT_A_SOURCE =
      "e40000e80000000000000001494e495400000000000000000000000000000000"
          + "eeaf2883d70919a0eeaf2883d70cbfd6";

  /** That chronyd's, asked as an NTP server. */
  private static final String NTP_OF_ITSELF =
      "240300e600000000000000007f7f0101eeaf2875db05c3ec0000000000000000"
          + "eeaf287861ce0801eeaf287861d265a8";

  /** The same, with the address of a source. */
  private static final String NTP_SYNCHRONISED = NTP_OF_ITSELF.replace("7f7f0101", "c0000201");

  @TempDir Path dir;

  private final ScriptedTime time = new ScriptedTime(Instant.parse("2026-12-01T10:00:00Z"));
  private final TimeKeeper keeper =
      new TimeKeeper(
          3, Instant.parse("2026-11-01T00:00:00Z"), new LastKnownTime(0, 0), new Faults());
  private final Map<Integer, String> answers = new HashMap<>();
  private final List<Integer> asked = new ArrayList<>();

  private DisciplinedClock clock() {
    return new DisciplinedClock(dir.resolve("synchronized"), this::answer, keeper, time);
  }

  private byte[] answer(int port, byte[] question) throws IOException {
    asked.add(port);
    if (!answers.containsKey(port)) {
      throw new IOException("nobody listens");
    }
    return HexFormat.of().parseHex(answers.get(port));
  }

  /** Runs the duty for so many seconds; the anchors that followed. */
  private List<Anchor> run(DisciplinedClock clock, int seconds) {
    List<Anchor> anchors = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      time.pass(clock.cycle());
      for (Optional<Anchor> a = keeper.next(); a.isPresent(); a = keeper.next()) {
        anchors.add(a.get());
      }
    }
    return anchors;
  }

  @Test
  void withoutAnyDaemonTheSystemClockIsNotOffered() {
    assertEquals(List.of(), run(clock(), 100));
    assertEquals(20, asked.size());
  }

  @Test
  void timesyncdLeavesAFile() throws IOException {
    DisciplinedClock clock = clock();
    assertEquals(List.of(), run(clock, 5));
    Files.createFile(dir.resolve("synchronized"));
    List<Anchor> anchors = run(clock, 20);
    assertEquals(TimeSource.NTP, anchors.get(0).source());
    assertEquals(Instant.parse("2026-12-01T10:00:00Z").toEpochMilli(), anchors.get(0).offsetMs());
  }

  @Test
  void chronyIsBelievedOnceItHasASource() {
    DisciplinedClock clock = clock();
    for (String no : List.of(CHRONY_WITHOUT_A_SOURCE, CHRONY_OF_ITSELF, "0602", "")) {
      answers.put(323, no);
      assertEquals(List.of(), run(clock, 20), no);
    }
    answers.put(323, CHRONY_SYNCHRONISED);
    assertEquals(1, run(clock, 20).size());
  }

  @Test
  void ntpdIsBelievedOnceItHasASource() {
    DisciplinedClock clock = clock();
    for (String no : List.of(NTPD_WITHOUT_A_SOURCE, NTP_OF_ITSELF, "24", "")) {
      answers.put(123, no);
      assertEquals(List.of(), run(clock, 20), no);
    }
    answers.put(123, NTP_SYNCHRONISED);
    assertEquals(1, run(clock, 20).size());
  }

  @Test
  void aDaemonThatLosesItsSourceIsNoLongerBelieved() {
    DisciplinedClock clock = clock();
    answers.put(323, CHRONY_SYNCHRONISED);
    assertEquals(1, run(clock, 20).size());
    answers.put(323, CHRONY_WITHOUT_A_SOURCE);
    run(clock, 300);
    asked.clear();
    assertEquals(List.of(), run(clock, 3_600));
    assertEquals(720, asked.size());
  }

  @Test
  void noAnswerIsMistakenForAnother() {
    for (String any : List.of(CHRONY_SYNCHRONISED, NTP_SYNCHRONISED, CHRONY_OF_ITSELF)) {
      byte[] answer = HexFormat.of().parseHex(any);
      assertEquals(any.equals(CHRONY_SYNCHRONISED), ClockDaemon.CHRONY.disciplines(answer));
      assertEquals(any.equals(NTP_SYNCHRONISED), ClockDaemon.NTPD.disciplines(answer));
      assertFalse(ClockDaemon.CHRONY.disciplines(Arrays.copyOf(answer, 47)));
      assertFalse(ClockDaemon.NTPD.disciplines(Arrays.copyOf(answer, 47)));
    }
  }

  @Test
  void theQuestionsAreThoseOfChronycAndOfAnNtpClient() {
    byte[] chrony = ClockDaemon.CHRONY.question();
    assertEquals(104, chrony.length);
    assertEquals("060100000021", HexFormat.of().formatHex(chrony, 0, 6));
    byte[] ntp = ClockDaemon.NTPD.question();
    assertEquals(48, ntp.length);
    assertEquals(0x23, ntp[0]);
    assertTrue(Duration.ofSeconds(1).equals(clock().cycle()));
  }

  @Test
  void ntpStrataFromOneToFifteenAreSynchronised() {
    for (int stratum = 0; stratum <= 17; stratum++) {
      byte[] answer = HexFormat.of().parseHex(NTP_SYNCHRONISED);
      answer[1] = (byte) stratum;
      boolean synchronised = stratum >= 1 && stratum <= 15;
      assertEquals(synchronised, ClockDaemon.NTPD.disciplines(answer), "stratum " + stratum);
    }
  }

  @Test
  void anNtpServerWhoseLeapIndicatorIsThreeIsNotSynchronised() {
    for (int leap = 0; leap <= 3; leap++) {
      byte[] answer = HexFormat.of().parseHex(NTP_SYNCHRONISED);
      answer[0] = (byte) (leap << 6 | 0x24);
      assertEquals(leap < 3, ClockDaemon.NTPD.disciplines(answer), "leap indicator " + leap);
    }
  }

  @Test
  void theFileOfTimesyncdBelowAnotherRootSaysThatTheClockIsDisciplined() throws IOException {
    Path file = dir.resolve("run/systemd/timesync/synchronized");
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    assertTrue(DisciplinedClock.isDisciplined(dir));
  }

  @Test
  void withoutTheFileTheDaemonsOfThisMachineDecide() {
    boolean affirmed = false;
    for (ClockDaemon daemon : ClockDaemon.values()) {
      affirmed |= affirmsHere(daemon);
    }
    assertEquals(affirmed, DisciplinedClock.isDisciplined(dir));
  }

  private static boolean affirmsHere(ClockDaemon daemon) {
    try {
      return daemon.disciplines(
          Loopback.ask(daemon.port(), daemon.question(), Duration.ofMillis(500)));
    } catch (IOException e) {
      return false; // The daemon does not run on the machine of the test.
    }
  }
}
