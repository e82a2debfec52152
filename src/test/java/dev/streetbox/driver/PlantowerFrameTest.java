package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests with frames captured by avaldebe/PyPMS (45c3bf0, MIT): tests/captured_data. */
class PlantowerFrameTest {
  /** First frame of PMSx003.hexdump. */
  static final String CAPTURED = "424d001c00000008000800000008000800d20046002d001e00000000970002c5";

  /** Frame of PMS3003.hexdump: the same start, 24 bytes. */
  private static final String PMS3003 = "424d001400010001000100010001000100000000005100fa";

  private final FrameFinder frames = PlantowerFrame.finder();

  private List<String> take(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    return frames.add(bytes, bytes.length).stream().map(HexFormat.of()::formatHex).toList();
  }

  @Test
  void aFrameIsFound() {
    assertEquals(List.of(CAPTURED), take(CAPTURED));
  }

  @Test
  void aFrameMayComeByteByByte() {
    for (int i = 0; i < CAPTURED.length() - 2; i += 2) {
      assertEquals(List.of(), take(CAPTURED.substring(i, i + 2)));
    }
    assertEquals(List.of(CAPTURED), take("c5"));
  }

  @Test
  void framesInARowAreAllFound() {
    assertEquals(List.of(CAPTURED, CAPTURED, CAPTURED), take(CAPTURED + CAPTURED + CAPTURED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "42",
        "424d",
        "424dffff",
        "424d001c",
        "424d0004e1000174",
        "424d0004e4000177",
        PMS3003,
        "424d00000005000d00160005000d001602fd00fc001d000f00060006970003a9",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0000000000",
        "424d001c000000080008",
        "0d20046002d001e00000000970002c5",
      })
  void bytesBeforeAFrameDoNotHideIt(String garbage) {
    String even = garbage.length() % 2 == 0 ? garbage : "0" + garbage;
    assertEquals(List.of(CAPTURED), take(even + CAPTURED));
  }

  @Test
  void aFlippedBitLosesThatFrameOnly() {
    String flipped = CAPTURED.replaceFirst("00000008", "00000009");
    assertEquals(List.of(CAPTURED), take(flipped + CAPTURED));
  }

  @Test
  void aStartInsideATornFrameIsTheStart() {
    assertEquals(List.of(CAPTURED), take(CAPTURED.substring(0, 40) + CAPTURED));
    assertEquals(List.of(CAPTURED), take("424d001c424d001c" + CAPTURED));
  }

  @Test
  void aResetDropsTheIncompleteFrame() {
    take(CAPTURED.substring(0, 40));
    frames.reset();
    assertEquals(List.of(), take(CAPTURED.substring(40)));
  }

  @Test
  void everyValidFrameIsFoundAndNoInvalidOne() {
    Seeds.each(200, this::requireFramesAmongGarbage);
  }

  private void requireFramesAmongGarbage(long seed) {
    frames.reset();
    SplittableRandom random = new SplittableRandom(seed);
    List<Byte> stream = new ArrayList<>();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      addGarbage(stream, random);
      byte[] frame = randomFrame(random);
      sent.add(HexFormat.of().formatHex(frame));
      for (byte value : frame) {
        stream.add(value);
      }
    }
    assertEquals(sent, takeInPieces(stream, random));
  }

  /** Adds noise, a piece of a frame, an invalid frame, an acknowledgement, or nothing. */
  private static void addGarbage(List<Byte> stream, SplittableRandom random) {
    byte[] frame = randomFrame(random);
    byte[] garbage =
        switch (random.nextInt(6)) {
          case 0 -> new byte[0];
          case 1 -> randomBytes(random, random.nextInt(80));
          case 2 -> Arrays.copyOf(frame, random.nextInt(1, PlantowerFrame.LENGTH));
          case 3 -> Arrays.copyOfRange(frame, random.nextInt(1, 32), PlantowerFrame.LENGTH);
          case 4 -> HexFormat.of().parseHex("424d0004e1000174");
          default -> {
            frame[random.nextInt(4, 32)] ^= (byte) (1 << random.nextInt(8));
            yield frame;
          }
        };
    for (byte value : garbage) {
      stream.add(value);
    }
  }

  private static byte[] randomFrame(SplittableRandom random) {
    byte[] frame = randomBytes(random, PlantowerFrame.LENGTH);
    System.arraycopy(HexFormat.of().parseHex("424d001c"), 0, frame, 0, 4);
    if (random.nextInt(4) == 0) {
      // A start within the payload must not hide the frame itself.
      System.arraycopy(frame, 0, frame, random.nextInt(4, 26), 4);
    }
    int sum = 0;
    for (int i = 0; i < 30; i++) {
      sum += Byte.toUnsignedInt(frame[i]);
    }
    frame[30] = (byte) (sum >> 8);
    frame[31] = (byte) sum;
    return frame;
  }

  private static byte[] randomBytes(SplittableRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private List<String> takeInPieces(List<Byte> stream, SplittableRandom random) {
    List<String> found = new ArrayList<>();
    int at = 0;
    while (at < stream.size()) {
      int count = Math.min(stream.size() - at, random.nextInt(1, 64));
      byte[] piece = new byte[count];
      for (int i = 0; i < count; i++) {
        piece[i] = stream.get(at++);
      }
      frames.add(piece, count).stream().map(HexFormat.of()::formatHex).forEach(found::add);
    }
    return found;
  }
}
