package dev.streetbox.calibrate;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Holds a box's calibration from one boot on. Immutable.
 *
 * @param id the id in batches: the number and a hash that distinguishes it from another box's
 *     revision of that number
 * @param number the number, counted from 1
 * @param fromBoot the first boot that the revision is valid for; one that had not begun when the
 *     revision was made
 * @param made the time of making, by the system clock
 * @param by the name of the user who made it
 * @param microphones the sensitivity of each microphone that was calibrated
 * @param corrections the correction of each quantity that was collocated
 */
public record Revision(
    String id,
    int number,
    int fromBoot,
    Instant made,
    String by,
    List<Sensitivity> microphones,
    List<LinearCorrection> corrections) {
  /** Copies the lists. */
  public Revision {
    microphones = List.copyOf(microphones);
    corrections = List.copyOf(corrections);
  }

  /** Makes a revision with a computed id. */
  public Revision(
      int number,
      int fromBoot,
      Instant made,
      String by,
      List<Sensitivity> microphones,
      List<LinearCorrection> corrections) {
    this(
        PublishedId.of(number, fromBoot, made, by, microphones, corrections),
        number,
        fromBoot,
        made,
        by,
        microphones,
        corrections);
  }

  /** Returns the same calibration under the id that was stored when it was made. */
  Revision withId(String storedId) {
    return new Revision(storedId, number, fromBoot, made, by, microphones, corrections);
  }

  /**
   * Returns the sensitivity of a microphone in dBFS, if one of that name and type was calibrated.
   */
  public OptionalDouble sensitivity(String sensor, String part) {
    return microphones.stream()
        .filter(known -> known.sensor().equals(sensor) && known.part().equals(part))
        .mapToDouble(Sensitivity::dbfs)
        .findFirst();
  }

  /** Returns the sample with a corrected value added for each raw one that has a correction. */
  public Sample corrected(Sample raw) {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    readings.putAll(raw.readings());
    for (LinearCorrection correction : corrections) {
      OptionalDouble measured = raw.get(correction.quantity());
      if (measured.isPresent()) {
        correction
            .corrected(measured.getAsDouble())
            .ifPresent(
                value -> readings.put(correction.quantity().corrected().orElseThrow(), value));
      }
    }
    return new Sample(readings, raw.flags());
  }
}
