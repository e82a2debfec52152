package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Times answers of quick, slow and silent brokers. */
class OverdueAnswersTest {
  private final ScriptedTime time = new ScriptedTime();
  private final OverdueAnswers answers = new OverdueAnswers(time);

  private void answeredAfter(long ms) {
    answers.onPublished();
    time.pass(Duration.ofMillis(ms));
    answers.onAnswered();
  }

  @Test
  void aBrokerThatWasQuickIsSilentAfterTwoSecondsWithoutAnAnswer() {
    answeredAfter(2000);
    time.pass(Duration.ofSeconds(60));
    assertFalse(answers.isSilent(), "nothing is unanswered");
    answers.onPublished();
    time.pass(Duration.ofMillis(1999));
    answers.onPublished();
    assertFalse(answers.isSilent());
    time.pass(Duration.ofMillis(1));
    assertTrue(answers.isSilent());
  }

  @Test
  void aBrokerIsSilentAfterFourTimesTheTimeThatItsAnswersTook() {
    answeredAfter(300);
    answers.onPublished();
    assertTrue(answers.isMissing());
    time.pass(Duration.ofMillis(1199));
    assertFalse(answers.isSilent());
    time.pass(Duration.ofMillis(1));
    assertTrue(answers.isSilent());
    answers.onAnswered();
    assertFalse(answers.isMissing());
  }

  @Test
  void aBrokerIsNotSilentBeforeHalfASecond() {
    answeredAfter(1);
    answers.onPublished();
    time.pass(Duration.ofMillis(499));
    assertFalse(answers.isSilent());
    time.pass(Duration.ofMillis(1));
    assertTrue(answers.isSilent());
  }

  /**
   * 1,000 ms, seven eighths of it, and so on: 391 ms after seven answers, four times of it 1,564.
   */
  @Test
  void aSlowerAnswerCountsForTheNextOnes() {
    answeredAfter(1000);
    for (int i = 0; i < 7; i++) {
      answeredAfter(1);
    }
    answers.onPublished();
    time.pass(Duration.ofMillis(1563));
    assertFalse(answers.isSilent());
    time.pass(Duration.ofMillis(1));
    assertTrue(answers.isSilent());
  }

  @Test
  void aBrokerThatIsSlowIsNotSilent() {
    answeredAfter(2001);
    answers.onPublished();
    time.pass(Duration.ofSeconds(60));
    assertFalse(answers.isSilent());
  }

  @Test
  void aConnectionWithoutAnyAnswerIsLeftToItsTimeout() {
    answers.onPublished();
    time.pass(Duration.ofSeconds(60));
    assertFalse(answers.isSilent());
  }
}
