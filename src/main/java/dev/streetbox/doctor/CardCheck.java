package dev.streetbox.doctor;

import dev.streetbox.bus.KernelFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks the SD card or eMMC: the wear that an eMMC reports (JEDEC eMMC 5.0, EXT_CSD 267 to 269,
 * which Linux shows as {@code life_time} and {@code pre_eol_info}; an SD card reports none), and
 * the errors that ext4 has counted since the file system's last check.
 */
final class CardCheck {
  private static final String CARD = "card";
  private static final String REPLACE = "make a copy, replace it: deploy/image.md";

  /** Values of {@code pre_eol_info}: 1 normal, 2 80 % of the reserve is used, 3 urgent. */
  private static final int NORMAL = 1;

  /**
   * Values of {@code life_time}: tenths of the life that are used, rounded up; 11 when it is over.
   */
  private static final int NEARLY_OVER = 9;

  private static final int OVER = 11;

  private final KernelFiles kernelFiles;

  CardCheck(KernelFiles kernelFiles) {
    this.kernelFiles = kernelFiles;
  }

  /** Reads the kernel's files; returns nothing on a machine without a card and without ext4. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Path block : kernelFiles.list("/sys/block", "mmcblk*")) {
      if (!block.getFileName().toString().contains("boot")) {
        findings.add(wear(block.getFileName().toString(), block.resolve("device")));
      }
    }
    kernelFiles.list("/sys/fs/ext4", "*").stream()
        .flatMap(system -> errors(system).stream())
        .forEach(findings::add);
    return findings;
  }

  private static Finding wear(String name, Path device) {
    String memory = name + " " + KernelFiles.text(device.resolve("name")).orElse("");
    Optional<Integer> life =
        KernelFiles.text(device.resolve("life_time"))
            .flatMap(
                text ->
                    List.of(text.split(" ")).stream().map(CardCheck::hex).max(Integer::compare));
    int reserve = KernelFiles.text(device.resolve("pre_eol_info")).map(CardCheck::hex).orElse(0);
    if (life.filter(used -> used > 0).isEmpty()) {
      return Finding.pass(CARD, memory.strip() + ", which reports no wear");
    }
    int used = life.get();
    String wear =
        memory
            + ": "
            + (used >= OVER ? "its life is over" : "up to " + used * 10 + " % of its life used");
    if (used >= OVER || reserve > NORMAL + 1) {
      return Finding.fail(CARD, wear, "the memory is worn out", REPLACE);
    }
    if (used >= NEARLY_OVER || reserve > NORMAL) {
      return Finding.warn(CARD, wear, "the memory is nearly worn out", REPLACE);
    }
    return Finding.pass(CARD, wear);
  }

  private static Optional<Finding> errors(Path system) {
    return KernelFiles.number(system.resolve("errors_count"))
        .map(
            count ->
                count == 0
                    ? Finding.pass(CARD, "no errors of ext4 on " + system.getFileName())
                    : Finding.fail(
                        CARD,
                        count + " errors of ext4 on " + system.getFileName(),
                        "a worn card, or a power cut during a write",
                        "sudo dmesg | grep EXT4; " + REPLACE));
  }

  private static int hex(String text) {
    return text.matches("0x[0-9a-fA-F]{1,2}") ? Integer.parseInt(text.substring(2), 16) : 0;
  }
}
