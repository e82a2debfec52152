package dev.streetbox.hj212;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final String QN = "20160801085857223";

  /** The example of HJ 212-2017; the checksum of Modbus would be 0759. */
  private static final String EXAMPLE =
      "QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;"
          + "CP=&&RtdInterval=30&&";

  @Test
  void theExampleOfTheStandardHasItsLengthAndChecksum() {
    assertEquals("##0101" + EXAMPLE + "1C80\r\n", Frame.of(EXAMPLE));
  }

  @Test
  void framesOfAirAndSoundHaveKnownChecksums() {
    String head =
        "QN=20160801085857223;ST=%s;CN=2051;PW=123456;MN=010000A8900016F000169DC0;Flag=5;";
    String sound =
        head.formatted("23")
            + "CP=&&DataTime=20260801085800;Leq-Data=61.4;LMx-Data=78.2;LMn-Data=49.0;"
            + "L10-Data=64.9;L50-Data=58.7;L90-Data=52.1&&";
    String air =
        head.formatted("22")
            + "CP=&&DataTime=20260801085800;a34004-Avg=38.4,a34004-Min=30.1,a34004-Max=55.0,"
            + "a34004-Flag=N;a34002-Avg=61.2,a34002-Flag=N;a01001-Avg=31.2,a01001-Flag=N;"
            + "a01002-Avg=62.0,a01002-Flag=N&&";
    assertTrue(Frame.of(sound).startsWith("##0194") && Frame.of(sound).endsWith("CAC1\r\n"));
    assertTrue(Frame.of(air).startsWith("##0262") && Frame.of(air).endsWith("F281\r\n"));
  }

  @Test
  void whatIsNoDataSegmentIsRefused() {
    for (String data : List.of("x".repeat(1025), "µ", "a\r\n")) {
      assertThrows(IllegalArgumentException.class, () -> Frame.of(data));
    }
    assertEquals(1024 + 12, Frame.of("x".repeat(1024)).length());
  }

  @Test
  void onlyTheAcknowledgementOfTheDataIsAnAnswer() {
    String answer =
        "QN=" + QN + ";ST=91;CN=9014;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&&&";
    String frame = Frame.of(answer);
    assertTrue(Frame.hasAnswer(frame, QN));
    assertTrue(Frame.hasAnswer("noise" + Frame.of(EXAMPLE) + frame, QN));
    assertTrue(Frame.hasAnswer(frame.replaceFirst("##....", "##0001"), QN), "a wrong length");
    assertFalse(Frame.hasAnswer(frame.substring(0, frame.length() - 2), QN), "no end yet");
    assertFalse(Frame.hasAnswer(frame, "20160801085857224"), "another minute's");
    assertFalse(Frame.hasAnswer(frame.replace("91", "92"), QN), "a wrong checksum");
    assertFalse(Frame.hasAnswer(Frame.of(answer.replace("9014", "9011")), QN), "another answer");
  }
}
