package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks which faults are logged at once, and how those that come and go are counted. */
class FaultLogTest {
  private final RecordedLog log = new RecordedLog();
  private final Faults faults = new Faults(log);

  @Test
  void theFirstFaultAndTheFirstRecoveryAreLoggedAtOnce() {
    raise("gone", 0);
    raise("gone", 1000);
    faults.clear("broker");
    faults.clear("broker");
    assertEquals(List.of("WARN broker: gone", "INFO broker: works again"), log.take());
  }

  @Test
  void aSecondTextIsLoggedAtOnceAndTheFirstNotAgain() {
    raise("gone", 0);
    raise("refused", 1000);
    raise("gone", 2000);
    assertEquals(List.of("WARN broker: gone", "WARN broker: refused"), log.take());
  }

  @Test
  void aFaultThatComesAndGoesIsLoggedWithItsCount() {
    flap(0);
    log.take();
    for (int second = 10; second < 60; second += 10) {
      flap(second * 1000L);
    }
    assertEquals(List.of(), log.take());
    faults.logDue(61_000);
    assertEquals(List.of("INFO broker: works again, after 5 times in 51 s: gone"), log.take());
  }

  @Test
  void aFaultThatStaysAfterItCameAndWentIsLoggedAsPresent() {
    flap(0);
    flap(1000);
    raise("gone", 2000);
    log.take();
    faults.logDue(16_999);
    assertEquals(List.of(), log.take());
    faults.logDue(17_000);
    assertEquals(List.of("WARN broker: again, 2 times in 16 s: gone"), log.take());
  }

  @Test
  void aSingleChangeIsLoggedWithoutACount() {
    flap(0);
    log.take();
    raise("gone", 120_000);
    assertEquals(List.of("WARN broker: again: gone"), log.take());
  }

  @Test
  void aDayOfFlapsHasAFewLinesAnHour() {
    List<String> lines = new ArrayList<>();
    for (int second = 0; second < 86_400; second++) {
      if (second % 5 == 0) {
        flap(second * 1000L);
      }
      faults.logDue(second * 1000L);
      lines.addAll(log.take());
    }
    assertTrue(lines.size() <= 2 + 6 + 24, lines.size() + " lines: " + lines);
    assertEquals("WARN broker: again, 720 times in 3600 s: gone", lines.get(lines.size() - 1));
  }

  @Test
  void aDayOfSlowFlapsHasAFewLinesAnHourToo() {
    for (int minutes : new int[] {2, 3, 7, 20}) {
      int lines = 0;
      for (int second = 0; second < 86_400; second++) {
        if (second % (minutes * 60) == 0) {
          raise("gone", second * 1000L);
        } else if (second % (minutes * 60) == minutes * 30) {
          faults.clear("broker");
        }
        faults.logDue(second * 1000L);
        lines += log.take().size();
      }
      assertTrue(lines < 24 * 6, lines + " lines with a flap every " + minutes + " min");
    }
  }

  @Test
  void aThousandTextsOfOnePlaceHaveAFewLines() {
    for (int i = 0; i < 1000; i++) {
      raise("reason " + i, i * 1000L);
      faults.logDue(i * 1000L);
    }
    List<String> lines = log.take();
    assertTrue(lines.size() < 15, lines.size() + " lines");
    assertTrue(lines.get(lines.size() - 1).contains(" times in "), lines.toString());
  }

  @Test
  void anHourWithoutAChangeEndsTheQuietTime() {
    flap(0);
    flap(10_000);
    faults.logDue(60_000);
    log.take();
    raise("gone", 3_700_000);
    faults.clear("broker");
    assertEquals(
        List.of("WARN broker: again: gone"), log.take(), "the recovery waits for a quiet minute");
    faults.logDue(3_715_000);
    assertEquals(List.of("INFO broker: works again"), log.take());
  }

  @Test
  void placesAreLoggedApart() {
    flap(0);
    faults.raise(Subsystem.SENSOR, "i2c-1/pm", "no answer", 10);
    assertEquals("WARN i2c-1/pm: no answer", log.take().get(2));
  }

  @Test
  void aTextHasNoControlCharactersAndIsCut() {
    raise("a\u001b[31m\n\u009b\u202eb" + "c".repeat(1000), 0);
    String text = faults.list().get(0).text();
    assertTrue(text.startsWith("a [31m   bc"), text);
    assertEquals(Faults.TEXT_LIMIT, text.length());
    assertEquals(List.of("WARN broker: " + text), log.take());
  }

  private void raise(String text, long nowMs) {
    faults.raise(Subsystem.BROKER, "broker", text, nowMs);
  }

  private void flap(long nowMs) {
    raise("gone", nowMs);
    faults.clear("broker");
  }
}
