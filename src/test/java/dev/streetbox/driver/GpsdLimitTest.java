package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpsdLimitTest {
  private final ScriptedTime time = new ScriptedTime();
  private final GpsdLimit limit = new GpsdLimit(time);

  private void acceptTwentyReports() {
    for (int i = 0; i < GpsdLimit.REPORTS; i++) {
      assertTrue(limit.acceptsReport(), "report " + i);
    }
  }

  @Test
  void the21stReportOfASecondIsNotAccepted() {
    acceptTwentyReports();
    time.pass(Duration.ofMillis(999));
    assertFalse(limit.acceptsReport());
  }

  @Test
  void eachSecondHasTwentyReports() {
    acceptTwentyReports();
    time.pass(Duration.ofSeconds(1));
    acceptTwentyReports();
    assertFalse(limit.acceptsReport());
  }

  @Test
  void bytesOfASecondBeginItsCountOfReportsToo() throws InterruptedIOException {
    acceptTwentyReports();
    time.pass(Duration.ofSeconds(1));
    limit.received(1);
    acceptTwentyReports();
  }

  @Test
  void aMillionBytesASecondNeedNoWait() throws InterruptedIOException {
    limit.received(400_000);
    limit.received(600_000);
    assertEquals(List.of(), time.slept());
  }

  @Test
  void moreThanAMillionBytesWaitForTheNextSecond() throws InterruptedIOException {
    time.pass(Duration.ofMillis(250));
    limit.received(400_000);
    limit.received(600_001);
    assertEquals(List.of(Duration.ofMillis(750)), time.slept());
  }

  @Test
  void theNextSecondHasAMillionBytesOfItsOwn() throws InterruptedIOException {
    limit.received(1_000_001);
    assertEquals(List.of(Duration.ofSeconds(1)), time.slept());
    limit.received(1_000_000);
    assertEquals(List.of(), time.slept());
  }
}
