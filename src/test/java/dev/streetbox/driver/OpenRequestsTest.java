package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Checks which frames count as the answers to requests. */
class OpenRequestsTest {
  private final OpenRequests requests = new OpenRequests();

  @Test
  void aFrameWithoutARequestIsThePartsOwn() {
    assertFalse(requests.areUnrequested(0, 0));
    assertTrue(requests.areUnrequested(1, 0));
  }

  @Test
  void eachRequestHasOneAnswer() {
    requests.add(0);
    assertFalse(requests.areUnrequested(1, 1_000));
    assertTrue(requests.areUnrequested(1, 1_000));
  }

  @Test
  void anAnswerCountsUntilTenSecondsAfterItsRequestAndNotLater() {
    requests.add(0);
    assertFalse(requests.areUnrequested(1, 10_000));
    requests.add(20_000);
    assertTrue(requests.areUnrequested(1, 30_001));
  }

  @Test
  void fourOpenRequestsShowThatFramesAreThePartsOwn() {
    for (int i = 0; i < 3; i++) {
      requests.add(i * 1_000L);
    }
    assertFalse(requests.areUnrequested(1, 3_000));
    requests.add(3_000);
    requests.add(4_000);
    assertFalse(requests.areUnrequested(0, 4_500));
    assertTrue(requests.areUnrequested(1, 4_500));
  }

  @Test
  void aPartThatWasSetAnewOwesNothing() {
    requests.add(0);
    requests.clear();
    assertTrue(requests.areUnrequested(1, 1));
  }
}
