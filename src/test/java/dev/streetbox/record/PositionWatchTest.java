package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.sample.Board;
import dev.streetbox.sample.MeasuredQuantities;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PositionWatchTest {
  private static final GeoPoint HOME = PrivacyTest.HOMES.get(0);

  private final ScriptedTime time = new ScriptedTime();
  private final Board board = new Board(List.of(new MeasuredQuantities("gnss", Set.of())), 0);

  private PositionWatch watch(boolean secret) {
    Departure departure = new Departure(List.of(PrivacyTest.zone(HOME)), PrivacyTest.secret(1), 1);
    return new PositionWatch(
        board, secret ? Optional.of(departure) : Optional.<Departure>empty(), time);
  }

  private void pass(PositionWatch watch, GeoPoint place) {
    board.post("gnss", PrivacyTest.fix(place), time.tickMs(), Duration.ofSeconds(2));
    time.pass(Duration.ofSeconds(1));
    watch.cycle();
  }

  @Test
  void aFixBeyondTheRingEndsTheDarkness() {
    PositionWatch watch = watch(true);
    pass(watch, HOME);
    assertFalse(watch.isOutside());
    pass(watch, HOME.moved(0, 5_000));
    pass(watch, HOME.moved(0, 5_000));
    assertTrue(watch.isOutside());
  }

  @Test
  void withoutASecretNoPlaceIsOutside() {
    PositionWatch watch = watch(false);
    for (int i = 0; i < 10; i++) {
      pass(watch, HOME.moved(0, 100_000));
    }
    assertFalse(watch.isOutside());
  }

  @Test
  void tenMinutesWithoutAFixAreAFaultUntilTheNextFix() {
    PositionWatch watch = watch(true);
    assertFalse(watch.isWithoutFix());
    pass(watch, HOME);
    time.pass(Duration.ofMinutes(9));
    watch.cycle();
    assertFalse(watch.isWithoutFix());
    time.pass(Duration.ofMinutes(1));
    watch.cycle();
    assertTrue(watch.isWithoutFix());
    pass(watch, HOME);
    pass(watch, HOME);
    assertFalse(watch.isWithoutFix());
  }
}
