package dev.streetbox.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.driver.PartIdentity;
import dev.streetbox.sample.SensorStatus.State;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SensorStatusTest {
  private static SensorStatus lastSampleAt(long tickMs) {
    return new SensorStatus("part", State.RUNNING, tickMs, 1_500, 0, "", PartIdentity.NONE);
  }

  @Test
  void aSampleAtTheFirstTickOfTheBootHasAnAge() {
    assertEquals(OptionalLong.of(700), lastSampleAt(0).ageMs(700));
  }

  @Test
  void withoutASampleThereIsNoAge() {
    assertEquals(OptionalLong.empty(), lastSampleAt(-1).ageMs(700));
  }
}
