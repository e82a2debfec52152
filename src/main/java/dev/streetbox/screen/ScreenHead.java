package dev.streetbox.screen;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.QuantityGroup;
import dev.streetbox.measure.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;

/**
 * Lays out the upper lines of the live screen, the most urgent first: faults, link, place, rows,
 * parts.
 */
final class ScreenHead {
  private static final int LABEL_WIDTH = 9;
  private static final double KMH = 3.6;
  private static final List<String> FIX_NAMES = List.of("no fix yet", "no fix", "2D fix", "3D fix");

  private final View view;
  private final int columns;

  ScreenHead(View view, int columns) {
    this.view = view;
    this.columns = columns;
  }

  /** Returns the lines, none wider than the screen. */
  List<AttributedString> lines() {
    List<AttributedString> lines = new ArrayList<>();
    lines.add(bar());
    if (!view.notice().isEmpty()) {
      AttributedString notice = new AttributedString(" " + view.notice(), Screen.BAD.bold());
      lines.addAll(notice.columnSplitLength(columns));
    }
    lines.add(faults());
    lines.add(link());
    lines.add(place());
    lines.add(rows());
    lines.add(parts());
    view.status().children("reports").stream().findFirst().map(this::report).ifPresent(lines::add);
    return lines;
  }

  /** Returns true if the fault is present now; a fault without {@code active} is. */
  static boolean isActive(JsonTree fault) {
    return fault.text("active").orElse("true").equals("true");
  }

  private AttributedString bar() {
    JsonTree status = view.status();
    String time =
        status
            .text("t")
            .map(t -> HumanText.UTC.format(Instant.ofEpochMilli(Long.parseLong(t))))
            .orElse("no time yet");
    return new ScreenLine(columns, Screen.BAR)
        .add(" " + status.text("box").orElse("?"), Screen.BAR.bold())
        .add("  boot " + status.text("boot").orElse("?"))
        .add(status.text("tick_ms").map(ms -> ", up " + span(ms)).orElse(""))
        .add(status.text("age_ms").map(ms -> ", " + span(ms) + " old").orElse(""))
        .add(view.mode() == View.Mode.PAUSED ? "  PAUSED" : "")
        .addRightAligned(time + status.text("tq").map(" by "::concat).orElse(""), Screen.BAR)
        .build();
  }

  private AttributedString faults() {
    List<JsonTree> all = view.status().children("faults");
    List<JsonTree> active = all.stream().filter(ScreenHead::isActive).toList();
    if (active.isEmpty()) {
      String over = all.isEmpty() ? "none" : "none now, " + all.size() + " over";
      return label("faults").add(over, Screen.GOOD).build();
    }
    String text =
        active.get(0).text("place").orElse("?") + ": " + active.get(0).text("text").orElse("?");
    return label("faults").add(active.size() + ": " + text, Screen.BAD).build();
  }

  private AttributedString link() {
    JsonTree link = view.status().child("link");
    String state = link.text("state").orElse("unknown");
    Optional<String> lastError = link.text("last_trouble").filter(any -> !state.equals("online"));
    String since =
        link.text("since_tick_ms")
            .map(tick -> " for " + span(Long.toString(upMs() - Long.parseLong(tick))))
            .orElse("");
    return label("link")
        .add(state, state.equals("online") ? Screen.GOOD : Screen.BAD)
        .add(since + ", " + lastError.or(() -> link.text("broker")).orElse("no broker"))
        .addRightAligned(count(link, "in_flight_rows") + " in flight", Screen.FAINT)
        .build();
  }

  private AttributedString place() {
    JsonTree row = view.row();
    JsonTree gnss = view.status().child("gnss");
    ScreenLine line = label("place");
    if (row.text("lat").isPresent()) {
      line.add(row.text("lat").get() + " " + row.text("lon").orElse("?"));
      line.add(row.text("hacc_m").map(m -> " ±" + m + " m").orElse(""));
      line.add(row.text("spd_mps").map(ScreenHead::kmh).orElse(""));
    } else if (view.status().text("dark").isPresent()) {
      line.add("dark: may be in a privacy zone");
    } else {
      line.add(
          gnss.text("no_place")
              .or(() -> gnss.text("trouble"))
              .orElse(gnss.scalars().isEmpty() ? "no receiver configured" : "none"),
          Screen.DOUBTFUL);
    }
    return line.addRightAligned(satellites(gnss), Screen.FAINT).build();
  }

  private static String satellites(JsonTree gnss) {
    return gnss.scalars().isEmpty()
        ? ""
        : FIX_NAMES.get(Integer.parseInt(gnss.text("mode").orElse("0")) & 3)
            + ", "
            + gnss.text("used").orElse("0")
            + " of "
            + gnss.text("seen").orElse("0")
            + " satellites";
  }

  private AttributedString rows() {
    JsonTree store = view.status().child("store");
    String flags = QuantityGroup.BOX.flagText(view.flags());
    boolean estimated = view.row().text("tq").equals(Optional.of(TimeSource.EST.key()));
    String all =
        estimated ? flags.isEmpty() ? "time estimated" : flags + ", time estimated" : flags;
    return label("rows")
        .add(count(store, "newest") + " measured, ")
        .add(count(store, "unacknowledged") + " to send, ")
        .add(count(store, "dropped") + " dropped, ")
        .add(count(store, "events") + " events")
        .add(otherIds(), Screen.DOUBTFUL)
        .addRightAligned(all, Screen.DOUBTFUL)
        .build();
  }

  /** Returns how many rows wait that were measured under other ids, if any. */
  private String otherIds() {
    return view.status().child("other_ids").scalars().entrySet().stream()
        .map(rows -> ", " + rows.getValue() + " as " + rows.getKey())
        .collect(Collectors.joining());
  }

  private AttributedString parts() {
    ScreenLine line = label("parts");
    List<JsonTree> parts = view.status().children("sensors");
    String running = names(parts, true);
    String waiting = names(parts, false);
    line.add(running.isEmpty() ? "" : running + " run", Screen.GOOD);
    line.add(running.isEmpty() || waiting.isEmpty() ? "" : "; ");
    line.add(waiting.isEmpty() ? "" : waiting + " wait", Screen.BAD);
    return line.build();
  }

  /** Returns the newest report, and how many others there are. */
  private AttributedString report(JsonTree newest) {
    int others = view.status().size("reports") - 1;
    String lamp = view.status().child("lamp").text("pattern").map("lamp "::concat).orElse("");
    return label("report")
        .add(ReportLine.of(newest, view.status()))
        .add(others > 0 ? ", " + others + " before" : "", Screen.FAINT)
        .addRightAligned(lamp, Screen.FAINT)
        .build();
  }

  private static String names(List<JsonTree> parts, boolean running) {
    return parts.stream()
        .filter(part -> part.text("state").equals(Optional.of("running")) == running)
        .map(part -> part.text("name").orElse("?"))
        .collect(Collectors.joining(" "));
  }

  private long upMs() {
    return view.status().text("tick_ms").map(Long::parseLong).orElse(0L);
  }

  private ScreenLine label(String name) {
    return new ScreenLine(columns, Screen.PLAIN).add(" " + name, Screen.FAINT).padTo(LABEL_WIDTH);
  }

  private static String span(String ms) {
    return HumanText.span(Math.max(0, Long.parseLong(ms)));
  }

  private static String kmh(String mps) {
    return String.format(Locale.ROOT, ", %.0f km/h", Double.parseDouble(mps) * KMH);
  }

  private static String count(JsonTree object, String name) {
    return HumanText.count(object.text(name).orElse("0"));
  }
}
