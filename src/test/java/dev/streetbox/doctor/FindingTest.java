package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "the card is gone. Try: plug it in",
        "the card is gone; try: plug it in",
        "the card is gone; Try plug it in",
        "the card is gone try plug it in"
      })
  void anErrorsOwnRemedyReplacesTheGeneralOne(String message) {
    assertEquals(
        Finding.fail("card", "the card is gone", "", "plug it in"),
        Finding.fail("card", new IOException(message), "", "something else"));
  }

  @Test
  void anErrorWithoutARemedyHasTheGeneralOne() {
    assertEquals(
        Finding.fail("card", "the card is gone", "worn", "replace it"),
        Finding.fail("card", new IOException("the card is gone"), "worn", "replace it"));
  }

  @Test
  void anErrorWithoutAMessageIsNamedByItsClass() {
    assertEquals(
        "java.io.IOException", Finding.fail("card", new IOException(), "", "").observation());
  }

  @Test
  void aPassHasNeitherCauseNorRemedy() {
    assertEquals(
        new Finding(Finding.Verdict.PASS, "clock", "kept by NTP", "", ""),
        Finding.pass("clock", "kept by NTP"));
  }
}
