package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.StoredHours;
import dev.streetbox.calibrate.Calibrations;
import dev.streetbox.calibrate.Revision;
import dev.streetbox.doctor.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds in the data folder what a running agent's state has as well: the hours of fans, lasers and
 * cells, and the last calibration.
 */
final class StoredFindings {
  private final Config config;

  StoredFindings(Config config) {
    this.config = config;
  }

  /** Returns a finding for each part that wears out, and the calibration. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    try {
      for (StoredHours part : StoredHours.of(config)) {
        String hours = StatusWords.of(part.field(), Double.toString(part.hours()));
        findings.add(Finding.pass("hours " + part.sensor(), hours));
      }
    } catch (IOException e) {
      findings.add(unreadable("hours", e));
    }
    try {
      findings.add(calibration(Calibrations.read(config.store().dataDir()).newest()));
    } catch (IOException e) {
      findings.add(unreadable("calibration", e));
    }
    return findings;
  }

  private static Finding calibration(Optional<Revision> newest) {
    return calibration(
        newest.map(Revision::id), newest.map(revision -> revision.made().toString()));
  }

  /**
   * Returns the last calibration, which need not exist.
   *
   * @param id its id
   * @param made the time at which it was made, ISO 8601
   */
  static Finding calibration(Optional<String> id, Optional<String> made) {
    return Finding.pass(
        "calibration",
        id.map(known -> known + made.map(time -> ", made " + time).orElse(""))
            .orElse("none: levels are those of the microphone's type, values those of the parts"));
  }

  private static Finding unreadable(String subject, IOException e) {
    return Finding.warn(
        subject,
        String.valueOf(e.getMessage()),
        "another user's file, or a damaged one",
        "sudo streetbox doctor");
  }
}
