package dev.streetbox.calibrate;

import dev.streetbox.datadir.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Holds every calibration of a box, from file {@code calibration.json} in its data folder.
 * Revisions are only added, so that a row of any boot can be traced to its revision. Immutable.
 *
 * @param revisions the revisions, the oldest first
 */
public record Calibrations(List<Revision> revisions) {
  /** No revision, for a box that was never calibrated. */
  public static final Calibrations NONE = new Calibrations(List.of());

  private static final String NAME = "calibration.json";

  /** Copies the list. */
  public Calibrations {
    revisions = List.copyOf(revisions);
  }

  /**
   * Reads the calibrations of a data folder; {@link #NONE} if there is no file.
   *
   * @throws IOException if the file cannot be read or is damaged; the message names the file
   */
  public static Calibrations read(Path dataDir) throws IOException {
    Path file = dataDir.resolve(NAME);
    try {
      return CalibrationJson.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      return NONE;
    } catch (IOException e) {
      throw new IOException(file + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Replaces the calibrations of a data folder.
   *
   * @throws IOException if the file cannot be written; the file then stays as it was
   */
  public void write(Path dataDir) throws IOException {
    PrivateFiles.replace(dataDir.resolve(NAME), CalibrationJson.text(this));
  }

  /** Returns the revision of a boot's rows, if there is one. */
  public Optional<Revision> of(int boot) {
    return revisions.stream()
        .filter(revision -> revision.fromBoot() <= boot)
        .reduce((older, newer) -> newer);
  }

  /** Returns the newest revision, if there is one. */
  public Optional<Revision> newest() {
    return of(Integer.MAX_VALUE);
  }

  /**
   * Adds a revision: a copy of the newest with this microphone's sensitivity.
   *
   * @param lastBoot the last boot that has begun; the revision is valid from the next one
   */
  public Calibrations with(Sensitivity microphone, int lastBoot, Instant now, String by) {
    return next(
        lastBoot,
        now,
        by,
        replaced(Revision::microphones, microphone, Sensitivity::sensor),
        newest().map(Revision::corrections).orElse(List.of()));
  }

  /**
   * Adds a revision: a copy of the newest with this quantity's correction.
   *
   * @param lastBoot the last boot that has begun; the revision is valid from the next one
   */
  public Calibrations with(LinearCorrection correction, int lastBoot, Instant now, String by) {
    return next(
        lastBoot,
        now,
        by,
        newest().map(Revision::microphones).orElse(List.of()),
        replaced(Revision::corrections, correction, LinearCorrection::quantity));
  }

  private Calibrations next(
      int lastBoot,
      Instant now,
      String by,
      List<Sensitivity> microphones,
      List<LinearCorrection> corrections) {
    List<Revision> all = new ArrayList<>(revisions);
    Instant made = now.truncatedTo(ChronoUnit.SECONDS);
    all.add(new Revision(all.size() + 1, lastBoot + 1, made, by, microphones, corrections));
    return new Calibrations(all);
  }

  private <T> List<T> replaced(Function<Revision, List<T>> list, T by, Function<T, Object> key) {
    List<T> entries = new ArrayList<>(newest().map(list).orElse(List.of()));
    entries.removeIf(entry -> key.apply(entry).equals(key.apply(by)));
    entries.add(by);
    return entries;
  }
}
