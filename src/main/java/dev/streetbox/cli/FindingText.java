package dev.streetbox.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.doctor.Finding;
import dev.streetbox.doctor.Finding.Verdict;
import dev.streetbox.measure.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** Findings for people and for programs. */
final class FindingText {
  private static final int VERDICT = 6;
  private static final int ABOUT = 19;

  private FindingText() {}

  /**
   * For each a line of what was seen and why, broken to a terminal's width, and a line of what to
   * try, which somebody will want to copy; and a last one that counts them.
   */
  static String of(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      TextTable seen = table(VERDICT, ABOUT, Streetbox.WIDTH - VERDICT - ABOUT);
      seen.addRowValues(finding.verdict().name(), finding.subject(), words(finding));
      text.append(seen);
      if (!finding.remedy().isEmpty()) {
        TextTable cure = table(VERDICT, Streetbox.WIDTH - VERDICT);
        cure.addRowValues("", "Try: " + finding.remedy());
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

  private static TextTable table(int... widths) {
    Column[] columns =
        IntStream.of(widths)
            .mapToObj(width -> new Column(width, 0, Column.Overflow.WRAP))
            .toArray(Column[]::new);
    return TextTable.forColumns(
        CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF), columns);
  }

  /** One JSON object with all of them. */
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
    optional(json, "cause", finding.cause());
    optional(json, "try", finding.remedy());
    json.writeEndObject();
  }

  /** How many of a kind. */
  static long count(List<Finding> findings, Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }

  private static String words(Finding finding) {
    return finding.observation() + (finding.cause().isEmpty() ? "" : "; " + finding.cause());
  }

  private static void optional(JsonGenerator json, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(name, text);
    }
  }
}
