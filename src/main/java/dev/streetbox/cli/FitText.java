package dev.streetbox.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.calibrate.Collocation;
import dev.streetbox.calibrate.Fit;
import dev.streetbox.calibrate.PerformanceTarget;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.Quantity;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** Formats the fits of a collocation for people and for programs. */
final class FitText {

  private FitText() {}

  /** Returns each quantity's figures, its correction, and the published targets. */
  static String of(Collocation span, Map<Quantity, Fit> fits, int enoughHours) {
    StringBuilder text = new StringBuilder();
    text.append("Beside the station from ").append(span.from());
    text.append(span.isOngoing() ? " on" : " to " + span.to()).append(System.lineSeparator());
    fits.forEach((quantity, fit) -> add(text, quantity, fit, enoughHours));
    return text.toString();
  }

  private static void add(StringBuilder text, Quantity quantity, Fit fit, int enoughHours) {
    line(text, "%n%s, %s", quantity.key(), quantity.unit());
    line(
        text,
        "  n %d h, r %.3f, slope %.3f, intercept %.2f, RMSE %.2f (%.0f %% of the mean)",
        fit.n(),
        fit.r(),
        fit.slope(),
        fit.intercept(),
        fit.rmse(),
        100 * fit.nrmse());
    if (quantity.corrected().isPresent()) {
      line(
          text,
          "  %s = (%s - %.2f) / %.3f: RMSE %.2f",
          quantity.corrected().get().key(),
          quantity.key(),
          fit.intercept(),
          fit.slope(),
          fit.residualRmse());
    }
    for (PerformanceTarget target : PerformanceTarget.of(quantity, fit, enoughHours)) {
      line(
          text,
          "  %-4s %-10s %9s  %s",
          target.met() ? "yes" : "NO",
          target.figure(),
          target.value(),
          target.target());
    }
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }

  /** Returns {@code {"fits":[{"quantity":…,"n":…,…,"targets":[…]}]}}. */
  static String json(Map<Quantity, Fit> fits, int enoughHours) {
    return JsonText.object(
            json -> {
              json.writeArrayFieldStart("fits");
              for (Map.Entry<Quantity, Fit> entry : fits.entrySet()) {
                write(json, entry.getKey(), entry.getValue(), enoughHours);
              }
              json.writeEndArray();
            })
        + "\n";
  }

  private static void write(JsonGenerator json, Quantity quantity, Fit fit, int enoughHours)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("quantity", quantity.key());
    json.writeNumberField("n", fit.n());
    json.writeNumberField("r", fit.r());
    json.writeNumberField("slope", fit.slope());
    json.writeNumberField("intercept", fit.intercept());
    json.writeNumberField("rmse", fit.rmse());
    json.writeNumberField("rmse_corrected", fit.residualRmse());
    json.writeArrayFieldStart("targets");
    for (PerformanceTarget target : PerformanceTarget.of(quantity, fit, enoughHours)) {
      json.writeStartObject();
      json.writeStringField("figure", target.figure());
      json.writeStringField("value", target.value());
      json.writeStringField("wanted", target.target());
      json.writeBooleanField("met", target.met());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
