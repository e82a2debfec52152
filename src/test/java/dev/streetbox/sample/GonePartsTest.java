package dev.streetbox.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.driver.PartIdentity;
import dev.streetbox.sample.SensorStatus.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GonePartsTest {
  private final GoneParts parts = new GoneParts(Duration.ofMinutes(1));

  @Test
  void aPartThatIsGoneForAMinuteIsFoundOnceUntilItIsBack() {
    assertEquals(List.of(), names(running(10_000), 10_000));
    assertEquals(List.of(), names(silent(10_000), 69_999));
    assertEquals(List.of("pm"), names(silent(10_000), 70_000));
    assertEquals(List.of(), names(silent(10_000), 700_000));
    SensorStatus opened =
        new SensorStatus("pm", State.RUNNING, 10_000, 0, 2, "no answer", PartIdentity.NONE, true);
    assertEquals(List.of(), names(opened, 705_000), "its port was opened again");
    assertEquals(List.of(), names(silent(10_000), 707_000));
    assertEquals(List.of(), names(running(710_000), 710_000));
    assertEquals(List.of(), names(silent(710_000), 769_000));
    assertEquals(List.of("pm"), names(silent(710_000), 770_000));
  }

  @Test
  void aPartThatNeverMeasuredIsNotGone() {
    assertEquals(List.of(), names(silent(-1), 3_600_000));
  }

  @Test
  void aPartThatSendsWrongFramesOrWhoseBusIsHeldIsNotGone() {
    SensorStatus wrong =
        new SensorStatus("pm", State.WAITING, 0, 0, 9, "CRC", PartIdentity.NONE, false);
    assertEquals(List.of(), names(wrong, 3_600_000));
  }

  @Test
  void aTimeOfZeroMeansThatNoPartIsEverGone() {
    assertEquals(List.of(), new GoneParts(Duration.ZERO).next(List.of(silent(0)), 3_600_000));
  }

  private List<String> names(SensorStatus status, long tickMs) {
    return parts.next(List.of(status), tickMs).stream().map(SensorStatus::name).toList();
  }

  private static SensorStatus running(long lastMs) {
    return new SensorStatus("pm", State.RUNNING, lastMs, 0, 0, "", PartIdentity.NONE, false);
  }

  private static SensorStatus silent(long lastMs) {
    return new SensorStatus(
        "pm", State.WAITING, lastMs, 0, 1, "no answer", PartIdentity.NONE, true);
  }
}
