package dev.streetbox.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.doctor.Finding;
import dev.streetbox.doctor.Finding.Verdict;
import dev.streetbox.measure.JsonText;
import java.io.IOException;
import java.util.List;

/** Formats findings for people and for programs. */
final class FindingText {
  private static final int REMEDY_COLUMN = 6;
  private static final int SEEN_COLUMN = 25;

  private FindingText() {}

  /**
   * Returns each finding as text wrapped to a terminal's width, followed by a line with the command
   * to try, which stands on its own line to be copied; the last line counts the findings.
   */
  static String of(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      LabelledLines seen = new LabelledLines(SEEN_COLUMN);
      seen.add("%-6s%s".formatted(finding.verdict(), finding.subject()), sawAndCause(finding));
      text.append(seen);
      if (!finding.remedy().isEmpty()) {
        LabelledLines cure = new LabelledLines(REMEDY_COLUMN);
        cure.add("", "Try: " + finding.remedy());
        text.append(cure);
      }
    }
    return text
        + "%d passed, %d to look at, %d failed%n"
            .formatted(
                count(findings, Verdict.PASS),
                count(findings, Verdict.WARN),
                count(findings, Verdict.FAIL));
  }

  /** Returns a finding as a warning of a command, in one line and one with what to type. */
  static String warning(String command, Finding finding) {
    return "%s: %s%nTry: %s%n".formatted(command, sawAndCause(finding), finding.remedy());
  }

  /** Returns one JSON object with all findings, and a line feed. */
  static String json(List<Finding> findings) {
    return JsonText.object(
            json -> {
              json.writeNumberField("v", 1);
              json.writeArrayFieldStart("findings");
              for (Finding finding : findings) {
                write(json, finding);
              }
              json.writeEndArray();
            })
        + "\n";
  }

  private static void write(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("verdict", finding.verdict().name());
    json.writeStringField("about", finding.subject());
    json.writeStringField("saw", finding.observation());
    writeUnlessEmpty(json, "cause", finding.cause());
    writeUnlessEmpty(json, "try", finding.remedy());
    json.writeEndObject();
  }

  /** Returns the number of findings with a verdict. */
  static long count(List<Finding> findings, Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }

  private static String sawAndCause(Finding finding) {
    return finding.observation() + (finding.cause().isEmpty() ? "" : "; " + finding.cause());
  }

  private static void writeUnlessEmpty(JsonGenerator json, String name, String text)
      throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(name, text);
    }
  }
}
