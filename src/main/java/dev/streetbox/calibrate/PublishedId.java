package dev.streetbox.calibrate;

import dev.streetbox.measure.Quantity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Computes the id of a calibration that has none stored: its number and 8 hexadecimal digits of the
 * SHA-256 of a text. Rows that a backend has already stored refer to ids of this text, so no
 * character of the text may change. Versions before ids were stored hashed the text of {@code
 * Record.toString}; that text is spelled out here, so that renaming a class, a component or a
 * constant does not change an id.
 */
final class PublishedId {
  private PublishedId() {}

  /** Returns the id of a calibration of this content. */
  static String of(
      int number,
      int fromBoot,
      Instant made,
      String by,
      List<Sensitivity> microphones,
      List<LinearCorrection> lines) {
    String text =
        "Revision[number=%d, fromBoot=%d, made=%s, by=%s, microphones=[%s], lines=[%s]]"
            .formatted(
                number,
                fromBoot,
                made,
                by,
                microphones.stream().map(PublishedId::text).collect(Collectors.joining(", ")),
                lines.stream().map(PublishedId::text).collect(Collectors.joining(", ")));
    return number + "-" + digest(text);
  }

  private static String text(Sensitivity microphone) {
    return "Sensitivity[sensor=%s, part=%s, dbfs=%s, referenceDb=%s]"
        .formatted(
            microphone.sensor(), microphone.part(), microphone.dbfs(), microphone.referenceDb());
  }

  private static String text(LinearCorrection correction) {
    return "Line[quantity=%s, slope=%s, intercept=%s, hours=%d]"
        .formatted(
            name(correction.quantity()),
            correction.slope(),
            correction.intercept(),
            correction.hours());
  }

  /** Returns the name of a quantity in ids without storage; of a newer one, the contract's key. */
  private static String name(Quantity quantity) {
    return switch (quantity.key()) {
      case "pm1_ugm3" -> "PM1";
      case "pm25_ugm3" -> "PM2_5";
      case "pm10_ugm3" -> "PM10";
      case "h2s_ppm" -> "H2S";
      case "nh3_ppm" -> "NH3";
      default -> quantity.key();
    };
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
