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
 * Every calibration a box ever had: file {@code calibration.json} in its data folder. Revisions are
 * only added, so that a row of any boot can be traced to the one that held. Immutable.
 *
 * @param revisions the oldest first
 */
public record Calibrations(List<Revision> revisions) {
  /** A box that was never calibrated. */
  public static final Calibrations NONE = new Calibrations(List.of());

  private static final String NAME = "calibration.json";

  /** Copies the list. */
  public Calibrations {
    revisions = List.copyOf(revisions);
  }

  /**
   * Reads those of a data folder; {@link #NONE} if there is no file.
   *
   * @throws IOException if it cannot be read or is damaged; the message names the file
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
   * Replaces those of a data folder.
   *
   * @throws IOException if it cannot be written; the file then stays as it was
   */
  public void write(Path dataDir) throws IOException {
    PrivateFiles.replace(dataDir.resolve(NAME), CalibrationJson.text(this));
  }

  /** What holds for the rows of a boot, if anything does. */
  public Optional<Revision> of(int boot) {
    return revisions.stream()
        .filter(revision -> revision.fromBoot() <= boot)
        .reduce((older, newer) -> newer);
  }

  /** The newest, if there is one. */
  public Optional<Revision> newest() {
    return of(Integer.MAX_VALUE);
  }

  /** With one revision more: the newest, but for this microphone. */
  public Calibrations with(Sensitivity microphone, int lastBoot, Instant now, String by) {
    return next(
        lastBoot,
        now,
        by,
        replaced(Revision::microphones, microphone, Sensitivity::sensor),
        newest().map(Revision::corrections).orElse(List.of()));
  }

  /** With one revision more: the newest, but for the correction of this quantity. */
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
      List<LinearCorrection> lines) {
    List<Revision> all = new ArrayList<>(revisions);
    Instant made = now.truncatedTo(ChronoUnit.SECONDS);
    all.add(new Revision(all.size() + 1, lastBoot + 1, made, by, microphones, lines));
    return new Calibrations(all);
  }

  private <T> List<T> replaced(Function<Revision, List<T>> list, T by, Function<T, Object> what) {
    List<T> entries = new ArrayList<>(newest().map(list).orElse(List.of()));
    entries.removeIf(entry -> what.apply(entry).equals(what.apply(by)));
    entries.add(by);
    return entries;
  }
}
