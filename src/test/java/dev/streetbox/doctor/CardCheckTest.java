package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.bus.BoardTree;
import dev.streetbox.doctor.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardCheckTest {
  private static final String CARD = "sys/block/mmcblk0/device/";

  @TempDir private Path root;
  private BoardTree board;

  @BeforeEach
  void board() {
    board = new BoardTree(root);
  }

  @ParameterizedTest(name = "life {0}, reserve {1}: {2}")
  @CsvSource({
    "0x01 0x01, 0x01, PASS, up to 10 % of its life used",
    "0x02 0x08, 0x01, PASS, up to 80 % of its life used",
    "0x03 0x09, 0x01, WARN, up to 90 % of its life used",
    "0x01 0x01, 0x02, WARN, up to 10 % of its life used",
    "0x0b 0x01, 0x01, FAIL, its life is over",
    "0x01 0x01, 0x03, FAIL, up to 10 % of its life used"
  })
  void theWearOfAnEmmcIsJudged(String life, String reserve, Verdict verdict, String wear)
      throws IOException {
    board.write(CARD + "name", "BJTD4R");
    board.write(CARD + "life_time", life).write(CARD + "pre_eol_info", reserve);
    Finding finding = findings().get(0);
    assertEquals(verdict, finding.verdict());
    assertEquals("mmcblk0 BJTD4R: " + wear, finding.observation());
  }

  @Test
  void anSdCardPassesWithoutWearAndBootPartitionsAreNoCards() throws IOException {
    board.write(CARD + "name", "SC32G").write("sys/block/mmcblk0boot0/device/name", "x");
    assertEquals(List.of(Finding.pass("card", "mmcblk0 SC32G, which reports no wear")), findings());
  }

  @Test
  void errorsThatExt4CountedFail() throws IOException {
    board.write("sys/fs/ext4/mmcblk0p2/errors_count", "0");
    board.write("sys/fs/ext4/mmcblk0p3/errors_count", "7");
    board.write("sys/fs/ext4/features/lazy_itable_init", "supported");
    assertEquals(
        List.of(Verdict.PASS, Verdict.FAIL), findings().stream().map(Finding::verdict).toList());
    assertEquals("7 errors of ext4 on mmcblk0p3", findings().get(1).observation());
  }

  @Test
  void aMachineWithoutACardHasNoFinding() {
    assertEquals(List.of(), findings());
  }

  private List<Finding> findings() {
    return new CardCheck(board.kernelFiles()).findings();
  }
}
