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
