package dev.streetbox.agent;

import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.outbox.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that duties finish their cycles. A duty that waits for the disk may be stuck, which is a
 * fault: the others go on, with rows in memory. Any other stuck duty, and any duty that ended with
 * an error, is to end the process. Used by one thread.
 */
final class Watchdog {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  /** Limits one cycle, in real time; a worn card or a hung bus can delay a cycle this long. */
  static final Duration CYCLE_LIMIT = Duration.ofSeconds(60);

  private static final String DISK_PLACE = "disk/";

  private final Faults faults;
  private final List<DutyThread> duties = new ArrayList<>();
  private final Set<DutyThread> diskDuties = new HashSet<>();
  private final Set<DutyThread> stuck = new HashSet<>();

  /** Watches no duty yet. */
  Watchdog(Faults faults) {
    this.faults = faults;
  }

  /** Watches a duty whose end, or whose cycle without an end, is to end the process. */
  void add(DutyThread duty) {
    duties.add(duty);
  }

  /** Watches a duty that waits for the disk; only its error is to end the process. */
  void addDiskDuty(DutyThread duty) {
    duties.add(duty);
    diskDuties.add(duty);
  }

  /**
   * Checks every duty, and raises or clears the fault of each that waits for the disk.
   *
   * @return false if the process is to end
   */
  boolean check(long tickMs) {
    for (DutyThread duty : duties) {
      if (duty.error().isPresent()) {
        LOG.error(
            "{} ended with an error: a bug, please report it", duty.name(), duty.error().get());
        return false;
      }
      if (diskDuties.contains(duty)) {
        checkDiskDuty(duty, tickMs);
      } else if (duty.isStuck()) {
        LOG.error("{} has not finished a cycle in {}", duty.name(), CYCLE_LIMIT);
        return false;
      }
    }
    return true;
  }

  private void checkDiskDuty(DutyThread duty, long tickMs) {
    if (duty.isStuck()) {
      stuck.add(duty);
      faults.raise(
          Subsystem.STORE,
          DISK_PLACE + duty.name(),
          "the disk has not answered for %d s: rows stay in memory, the newest %d of them."
                  .formatted(CYCLE_LIMIT.toSeconds(), Outbox.MEMORY_ROWS)
              + " Try: sudo dmesg | tail",
          tickMs);
    } else if (stuck.remove(duty)) {
      faults.clear(DISK_PLACE + duty.name());
    }
  }

  /**
   * Notes that a duty did not end in time; if it waits for the disk, the others that do also do.
   */
  void markUnended(DutyThread duty) {
    if (diskDuties.contains(duty)) {
      stuck.addAll(diskDuties);
    }
  }

  /** Returns whether a duty waits for a disk that does not answer. */
  boolean isDiskStuck(DutyThread duty) {
    return stuck.contains(duty);
  }
}
