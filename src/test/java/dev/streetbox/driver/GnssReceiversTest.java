package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.TextFormatException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GnssReceiversTest {
  private static final String A = "/dev/ttyACM0";
  private static final String B = "/dev/ttyUSB0";

  private final GnssReceivers receivers = new GnssReceivers(Optional.empty(), 5_000);
  private final GnssReceivers namingB = new GnssReceivers(Optional.of(B), 5_000);

  private static GpsdReport report(String members) {
    try {
      return GpsdReport.parse("{\"class\":\"TPV\"" + members + "}");
    } catch (TextFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static GpsdReport of(String device) {
    return report(",\"device\":\"" + device + "\"");
  }

  private static GpsdReport device(String path) {
    return report(",\"path\":\"" + path + "\"");
  }

  private static GpsdReport gone(String path) {
    return report(",\"path\":\"" + path + "\",\"activated\":0");
  }

  private Optional<String> usedPath() {
    return receivers.used().map(GnssReceiver::path);
  }

  @Test
  void theFirstReceiverIsUsed() {
    receivers.of(of(A));
    receivers.of(of(B));
    assertEquals(Optional.of(A), usedPath());
    assertEquals(List.of(B), receivers.others());
  }

  @Test
  void aReportWithoutANameIsOfTheReceiverInUse() {
    GnssReceiver first = receivers.of(of(A)).orElseThrow();
    receivers.of(of(B));
    assertSame(first, receivers.of(report("")).orElseThrow());
    assertSame(first, receivers.of(of("")).orElseThrow());
    assertSame(first, receivers.of(of(A)).orElseThrow());
  }

  @Test
  void aNamelessReceiverIsReplacedByTheFirstWithAName() {
    GnssReceiver nameless = receivers.of(report("")).orElseThrow();
    assertEquals(Optional.of(""), usedPath());
    GnssReceiver named = receivers.of(of(A)).orElseThrow();
    assertNotSame(nameless, named);
    assertEquals(Optional.of(A), usedPath());
    assertEquals(List.of(), receivers.others());
  }

  @Test
  void aNamelessReceiverIsNoOther() {
    namingB.of(of(A));
    namingB.of(report(""));
    assertEquals(List.of(A), namingB.others());
  }

  @Test
  void eightReceiversAreFollowedAndNoMore() {
    for (int i = 0; i < 8; i++) {
      assertTrue(receivers.of(of("/dev/tty" + i)).isPresent());
    }
    assertEquals(Optional.empty(), receivers.of(of("/dev/tty8")));
    assertTrue(receivers.of(of("/dev/tty7")).isPresent());
    assertEquals(7, receivers.others().size());
  }

  @Test
  void onlyTheNamedReceiverIsUsed() {
    GnssReceiver other = namingB.of(of(A)).orElseThrow();
    other.report(3, 1_000);
    assertFalse(namingB.use(other, 1_000));
    assertEquals(Optional.empty(), namingB.used());
    GnssReceiver named = namingB.of(of(B)).orElseThrow();
    assertSame(named, namingB.used().orElseThrow());
  }

  @Test
  void reportsWithoutANameAreOfTheNamedReceiver() {
    GnssReceiver nameless = namingB.of(report("")).orElseThrow();
    assertTrue(namingB.use(nameless, 1_000));
  }

  @Test
  void anotherReceiverIsUsedOnlyIfItHasAFixAndTheOneInUseHasNone() {
    GnssReceiver first = receivers.of(of(A)).orElseThrow();
    GnssReceiver second = receivers.of(of(B)).orElseThrow();
    assertFalse(receivers.use(second, 1_000));
    second.report(3, 1_000);
    first.report(2, 1_000);
    assertFalse(receivers.use(second, 1_000));
    assertTrue(receivers.use(first, 1_000));
    first.report(1, 2_000);
    assertTrue(receivers.use(second, 2_000));
    assertFalse(receivers.use(first, 2_000));
    assertEquals(List.of(A), receivers.others());
  }

  @Test
  void aReceiverThatFellSilentLosesItsFix() {
    GnssReceiver first = receivers.of(of(A)).orElseThrow();
    GnssReceiver second = receivers.of(of(B)).orElseThrow();
    first.report(3, 1_000);
    second.report(3, 6_000);
    assertFalse(receivers.use(second, 6_000));
    assertTrue(receivers.use(second, 6_001));
  }

  @Test
  void gpsdMayHaveNoReceiver() {
    assertFalse(receivers.isNone());
    assertTrue(receivers.update(List.of(), true));
    assertTrue(receivers.isNone());
    assertFalse(receivers.update(List.of(device(A)), false));
    assertFalse(receivers.isNone());
    assertEquals(Optional.of(A), usedPath());
  }

  @Test
  void aListOfAllReceiversRemovesTheOthers() {
    receivers.of(of(A));
    receivers.of(of(B));
    assertTrue(receivers.update(List.of(device(B)), true));
    assertEquals(Optional.of(B), usedPath());
    assertEquals(List.of(), receivers.others());
  }

  @Test
  void aListWithTheReceiverInUseChangesNothing() {
    GnssReceiver first = receivers.of(of(A)).orElseThrow();
    assertFalse(receivers.update(List.of(device(B), device(A)), true));
    assertSame(first, receivers.used().orElseThrow());
    assertEquals(List.of(B), receivers.others());
  }

  @Test
  void oneReceiverThatIsGoneIsReplacedByAnother() {
    receivers.of(of(A));
    receivers.of(of(B));
    assertTrue(receivers.update(List.of(gone(A)), false));
    assertEquals(Optional.of(B), usedPath());
  }

  @Test
  void anotherReceiverThatIsGoneWithdrawsNothing() {
    GnssReceiver first = receivers.of(of(A)).orElseThrow();
    receivers.of(of(B));
    assertFalse(receivers.update(List.of(gone(B)), false));
    assertSame(first, receivers.used().orElseThrow());
    assertEquals(List.of(), receivers.others());
  }

  @Test
  void theLastReceiverThatIsGoneLeavesNone() {
    receivers.of(of(A));
    assertTrue(receivers.update(List.of(gone(A)), false));
    assertTrue(receivers.isNone());
  }

  @Test
  void anUnnamedReceiverIsNotUsedInPlaceOfTheNamedOneThatIsGone() {
    namingB.of(of(A));
    namingB.of(of(B));
    assertTrue(namingB.update(List.of(gone(B)), false));
    assertTrue(namingB.isNone());
    assertEquals(List.of(A), namingB.others());
  }

  @Test
  void aReceiverThatIsActivatedAtATimeIsPresent() {
    assertFalse(
        receivers.update(
            List.of(report(",\"path\":\"" + A + "\",\"activated\":1795435200")), true));
    assertEquals(Optional.of(A), usedPath());
  }
}
