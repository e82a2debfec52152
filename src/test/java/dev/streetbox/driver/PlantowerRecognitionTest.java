package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlantowerRecognitionTest {
  private static final byte[] COUNTS = frame(100, 200, 20, 9, 0x97);
  private static final byte[] AIR = frame(100, 20, 250, 500, 0x97);
  private static final byte[] EITHER = frame(100, 900, 850, 800, 0x97);
  private static final byte[] LONG = new byte[PlantowerFrame.LONG_LENGTH];

  private final PlantowerRecognition recognition = new PlantowerRecognition();

  /** Returns a frame with these words of counts, of which the last two may be air, and version. */
  private static byte[] frame(int first, int third, int fourth, int fifth, int version) {
    byte[] frame = new byte[PlantowerFrame.LENGTH];
    ByteBuffer.wrap(frame)
        .putShort(PlantowerFrame.COUNTS_AT, (short) first)
        .putShort(PlantowerFrame.COUNTS_AT + 6, (short) third)
        .putShort(PlantowerFrame.COUNTS_AT + 8, (short) fourth)
        .putShort(PlantowerFrame.COUNTS_AT + 10, (short) fifth)
        .put(PlantowerFrame.VERSION_AT, (byte) version);
    return frame;
  }

  private String after(byte[]... frames) {
    Optional<PlantowerModel> known = Optional.empty();
    for (byte[] frame : frames) {
      known = recognition.recognise(frame);
    }
    return known.map(PlantowerModel::key).orElse("none");
  }

  @ParameterizedTest
  @CsvSource({
    "-401, 500, none",
    "-400, 500, pms5003t",
    "850, 500, pms5003t",
    "851, 900, none",
    "250, 9, none",
    "250, 10, pms5003t",
    "250, 1000, pms5003t",
    "250, 1001, none",
    "100, 100, none",
    "-1, 500, pms5003t"
  })
  void threeFramesWithAirAreAPms5003t(int temperature, int humidity, String model) {
    byte[] frame = frame(100, 100, temperature, humidity, 0x97);
    assertEquals("none", after(frame, frame));
    assertEquals(model, after(frame));
  }

  @ParameterizedTest
  @CsvSource({"2000, 2000, 2000", "1001, 1001, 1001", "9, 9, 9", "0, 0, 0", "900, 851, 800"})
  void oneFrameWhoseCountsDescendIsAPms5003(int third, int fourth, int fifth) {
    assertEquals("pms5003", after(frame(100, third, fourth, fifth, 0x97)));
  }

  @ParameterizedTest
  @CsvSource({"2000, 2001, 1999", "2000, 1500, 1501"})
  void countsThatRiseAndAreNoAirFitNoModel(int third, int fourth, int fifth) {
    byte[] frame = frame(100, third, fourth, fifth, 0x97);
    assertEquals("none", after(frame, frame, frame));
  }

  @Test
  void aFrameWithoutParticlesFitsNoModel() {
    byte[] frame = frame(0, 0, 250, 500, 0x97);
    assertEquals("none", after(frame, frame, frame));
  }

  @Test
  void threeFramesWithFormaldehydeAreAPms5003s() {
    byte[] frame = frame(100, 200, 20, 9, 7);
    assertEquals("none", after(frame, frame));
    assertEquals("pms5003s", after(frame));
  }

  @Test
  void aVersionAboveTheGreatestFormaldehydeIsAVersion() {
    assertEquals("pms5003", after(frame(100, 200, 20, 9, 8)));
  }

  @Test
  void aLongFrameIsAPms5003stAtOnce() {
    assertEquals("pms5003st", after(AIR, AIR, AIR, LONG));
  }

  @Test
  void anotherModelNeedsThreeFramesInAgreement() {
    assertEquals("pms5003", after(COUNTS));
    assertEquals("pms5003", after(AIR, AIR, COUNTS, AIR, AIR));
    assertEquals("pms5003t", after(AIR));
    assertEquals("pms5003t", after(COUNTS, COUNTS));
    assertEquals("pms5003", after(COUNTS));
  }

  @Test
  void aFrameThatFitsSeveralModelsNeitherConfirmsNorBreaksTheAgreement() {
    assertEquals("none", after(AIR, EITHER, AIR, EITHER, EITHER));
    assertEquals("pms5003t", after(AIR));
  }

  @Test
  void aResetForgetsTheModelAndTheAgreement() {
    assertEquals("pms5003", after(COUNTS));
    recognition.reset();
    assertEquals("none", after(AIR, AIR));
    recognition.reset();
    assertEquals("none", after(AIR));
    assertEquals("none", after(AIR));
    assertEquals("pms5003t", after(AIR));
  }
}
