package dev.streetbox.agent;

import dev.streetbox.bus.BoardSensors;
import dev.streetbox.bus.KernelFiles;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the state of the board from the kernel's files: supply, temperature, memory, disk. A value
 * that a board does not have is empty. Safe for every thread.
 */
final class BoardHealth {
  private static final String MEMORY = "/proc/self/status";

  private final KernelFiles kernelFiles;
  private final BoardSensors sensors;
  private final Path dataDir;

  /**
   * @param kernelFiles the kernel's files below the file system's root
   * @param dataDir a folder of the disk in question
   */
  BoardHealth(KernelFiles kernelFiles, Path dataDir) {
    this.kernelFiles = kernelFiles;
    this.sensors = new BoardSensors(kernelFiles);
    this.dataDir = dataDir;
  }

  /** Returns the bits of the firmware's get_throttled ({@link BoardSensors#throttledBits}). */
  Optional<Integer> throttledBits() {
    return sensors.throttled().flatMap(BoardSensors::throttledBits);
  }

  /** Returns the temperature of the processor in whole °C. */
  Optional<Long> celsius() {
    return sensors.celsius().map(Math::round);
  }

  /** Returns the process's resident memory in whole MB (VmRSS). */
  Optional<Long> residentMb() {
    return kernelFiles.text(MEMORY).flatMap(BoardHealth::residentMb);
  }

  /** Returns how much of the disk is used, in whole percent. */
  Optional<Long> diskUsedPct() {
    try {
      FileStore disk = Files.getFileStore(dataDir);
      long total = disk.getTotalSpace();
      return total <= 0
          ? Optional.empty()
          : Optional.of(Math.round(100.0 * (total - disk.getUsableSpace()) / total));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> residentMb(String status) {
    return status
        .lines()
        .filter(line -> line.matches("VmRSS:\\s+\\d{1,12} kB"))
        .map(line -> Math.round(Long.parseLong(line.replaceAll("\\D", "")) / 1e3))
        .findFirst();
  }
}
