package dev.streetbox.screen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * The terminal that the program was typed into, taken over until it is closed: a screen of its own,
 * keys without echo. Only what changed is sent. Used by one thread; what the window does arrives on
 * another.
 */
public final class LiveTerminal implements AutoCloseable {
  /** {@link #key} when nothing was typed. */
  static final int NO_KEY = -2;

  private final Terminal terminal;
  private final Display display;
  private Size size = Size.of(0, 0);
  private volatile boolean resized = true;
  private volatile boolean interrupted;

  private LiveTerminal(Terminal terminal) {
    this.terminal = terminal;
    this.display = new Display(terminal, true);
    terminal.handle(Terminal.Signal.WINCH, signal -> resized = true);
    terminal.handle(Terminal.Signal.INT, signal -> interrupted = true);
  }

  /** Takes the terminal over; empty if standard input and output are none that can be drawn on. */
  public static Optional<LiveTerminal> open() throws IOException {
    // Its own hook would close the terminal before the last drawing is through.
    System.setProperty("org.jline.shutdownhook.disable", "true");
    Terminal terminal;
    try {
      terminal =
          TerminalBuilder.builder()
              .provider("exec") // stty: no native library
              .systemOutput(TerminalBuilder.SystemOutput.SysOut)
              .dumb(false)
              .nativeSignals(true)
              .signalHandler(Terminal.SignalHandler.SIG_IGN)
              .graphemeCluster(false) // asks the terminal, and waits for its answer
              .encoding(StandardCharsets.UTF_8)
              .build();
    } catch (IOException | IllegalStateException e) {
      return Optional.empty();
    }
    if (terminal.getStringCapability(Capability.cursor_address) == null) {
      terminal.close();
      return Optional.empty();
    }
    LiveTerminal live = new LiveTerminal(terminal);
    live.begin();
    return Optional.of(live);
  }

  private void begin() {
    terminal.enterRawMode();
    Attributes raw = terminal.getAttributes();
    raw.setControlChar(Attributes.ControlChar.VSUSP, 0); // no shell under a screen that is ours
    terminal.setAttributes(raw);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
  }

  /** Whether the window has another size since the last {@link #show}, or none was shown yet. */
  boolean isResized() {
    return resized;
  }

  /** What a window of that size shows. */
  @FunctionalInterface
  interface Picture {
    /** As many lines as rows, none wider than the columns. */
    List<AttributedString> lines(int columns, int rows);
  }

  /** Draws what changed. */
  void show(Picture picture) {
    if (resized) {
      resized = false;
      size = terminal.getSize(); // asks stty
      display.resize(size);
      display.clear();
    }
    display.update(picture.lines(size.getColumns(), size.getRows()), -1);
    terminal.flush();
  }

  /** The next key, waited for that long; {@link #NO_KEY}, or −1 at the end: Ctrl-C, a hang-up. */
  int key(Duration wait) throws IOException {
    int key = terminal.reader().read(wait.toMillis());
    return interrupted ? -1 : key;
  }

  /** Gives the terminal back as it was. */
  @Override
  public void close() throws IOException {
    terminal.puts(Capability.cursor_normal);
    terminal.puts(Capability.exit_ca_mode);
    terminal.flush();
    terminal.close();
  }
}
