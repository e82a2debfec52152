package dev.streetbox.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Runs the terminal of `watch` on JLine's line discipline, which acts as an xterm without a
 * process.
 */
class JlineTerminalTest {
  private static final Duration NO_WAIT = Duration.ofMillis(1);

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final List<String> sizes = new ArrayList<>();
  private LineDisciplineTerminal xterm;

  @BeforeEach
  void start() throws IOException {
    xterm = new LineDisciplineTerminal("test", "xterm", sent, StandardCharsets.UTF_8);
    xterm.setSize(Size.of(20, 3));
  }

  private String sent() {
    String text = sent.toString(StandardCharsets.UTF_8);
    sent.reset();
    return text;
  }

  private LiveTerminal.Content content(String first) {
    return (columns, rows) -> {
      sizes.add(columns + "x" + rows);
      List<AttributedString> lines =
          new ArrayList<>(Collections.nCopies(rows, AttributedString.EMPTY));
      lines.set(0, new AttributedString(first));
      return lines;
    };
  }

  @Test
  void itTakesTheTerminalOverAndRestoresItsScreenAndCursor() throws IOException {
    try (JlineTerminal terminal = new JlineTerminal(xterm)) {
      String begin = sent();
      assertTrue(begin.contains("\u001b[?1049h"), "alternate screen");
      assertTrue(begin.contains("\u001b[?25l"), "cursor off");
      Attributes raw = xterm.getAttributes();
      assertFalse(raw.getLocalFlag(Attributes.LocalFlag.ECHO));
      assertFalse(raw.getLocalFlag(Attributes.LocalFlag.ICANON));
      assertEquals(0, raw.getControlChar(Attributes.ControlChar.VSUSP));
      assertTrue(terminal.isResized());
    }
    String end = sent();
    assertTrue(end.contains("\u001b[?1049l"), "first screen");
    assertTrue(end.contains("\u001b[?12l\u001b[?25h") || end.contains("\u001b[?25h"), "cursor on");
  }

  @Test
  void itDrawsAtTheWindowsSizeAndThenOnlyTheCellsThatChanged() throws IOException {
    try (JlineTerminal terminal = new JlineTerminal(xterm)) {
      assertFalse(sent().contains("LAeq"));
      terminal.draw(content("LAeq 61.4"));
      assertFalse(terminal.isResized());
      assertTrue(sent().contains("LAeq 61.4"));
      terminal.draw(content("LAeq 61.5"));
      String changed = sent();
      assertTrue(changed.contains("5"), changed);
      assertFalse(changed.contains("LAeq"), changed);
      assertEquals(List.of("20x3", "20x3"), sizes);
    }
  }

  @Test
  void aNewWindowSizeIsReportedOnceAndDrawnAsAWhole() throws IOException {
    try (JlineTerminal terminal = new JlineTerminal(xterm)) {
      terminal.draw(content("LAeq 61.4"));
      xterm.setSize(Size.of(30, 4));
      xterm.raise(Terminal.Signal.WINCH);
      assertTrue(terminal.isResized());
      assertFalse(sent().isEmpty());
      terminal.draw(content("LAeq 61.4"));
      assertFalse(terminal.isResized());
      assertTrue(sent().contains("LAeq 61.4"));
      assertEquals(List.of("20x3", "30x4"), sizes);
    }
  }

  @Test
  void keysAreReadOneByOneAndNoKeyDiffersFromTheEnd() throws IOException {
    try (JlineTerminal terminal = new JlineTerminal(xterm)) {
      assertEquals(LiveTerminal.NO_KEY, terminal.readKey(NO_WAIT));
      xterm.processInputBytes("pf".getBytes(StandardCharsets.US_ASCII));
      assertEquals('p', terminal.readKey(Duration.ofSeconds(5)));
      assertEquals('f', terminal.readKey(Duration.ofSeconds(5)));
      assertEquals(LiveTerminal.NO_KEY, terminal.readKey(NO_WAIT));
    }
  }

  @Test
  void anInterruptIsTheEndWhateverWasTyped() throws IOException {
    try (JlineTerminal terminal = new JlineTerminal(xterm)) {
      xterm.processInputBytes("p".getBytes(StandardCharsets.US_ASCII));
      xterm.raise(Terminal.Signal.INT);
      assertEquals(LiveTerminal.END, terminal.readKey(NO_WAIT));
      assertEquals(LiveTerminal.END, terminal.readKey(NO_WAIT));
    }
  }
}
