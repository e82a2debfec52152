package dev.streetbox.screen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * Takes over the terminal that the program was typed into, until it is closed: an alternate screen,
 * and keys without echo. Sends only the cells that changed. Used by one thread; signals (WINCH,
 * INT) arrive on another.
 */
public final class JlineTerminal implements LiveTerminal {
  private final Terminal terminal;
  private final Display display;
  private Size size = Size.of(0, 0);
  private volatile boolean resized = true;
  private volatile boolean interrupted;

  /** Takes over a terminal that can place its cursor. */
  JlineTerminal(Terminal terminal) {
    this.terminal = terminal;
    this.display = new Display(terminal, true);
    terminal.handle(Terminal.Signal.WINCH, signal -> resized = true);
    terminal.handle(Terminal.Signal.INT, signal -> interrupted = true);
    terminal.enterRawMode();
    Attributes raw = terminal.getAttributes();
    // Ctrl-Z would leave the shell on the alternate screen, without echo.
    raw.setControlChar(Attributes.ControlChar.VSUSP, 0);
    terminal.setAttributes(raw);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
  }

  /**
   * Takes over the terminal of standard input and output.
   *
   * @return empty if these are no terminal, or one whose cursor cannot be placed
   * @throws IOException if such a terminal cannot be given back
   */
  public static Optional<JlineTerminal> open() throws IOException {
    // JLine's own shutdown hook would close the terminal before the last drawing has ended.
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
              .graphemeCluster(false) // it would ask the terminal and wait for the answer
              .encoding(StandardCharsets.UTF_8)
              .build();
    } catch (IOException | IllegalStateException e) {
      return Optional.empty();
    }
    if (terminal.getStringCapability(Capability.cursor_address) == null) {
      terminal.close();
      return Optional.empty();
    }
    return Optional.of(new JlineTerminal(terminal));
  }

  @Override
  public boolean isResized() {
    return resized;
  }

  @Override
  public void draw(Content content) {
    if (resized) {
      resized = false;
      size = terminal.getSize(); // runs stty
      display.resize(size);
      display.clear();
    }
    display.update(content.lines(size.getColumns(), size.getRows()), -1);
    terminal.flush();
  }

  @Override
  public int readKey(Duration wait) throws IOException {
    int key = terminal.reader().read(wait.toMillis());
    return interrupted ? END : key;
  }

  @Override
  public void close() throws IOException {
    terminal.puts(Capability.cursor_normal);
    terminal.puts(Capability.exit_ca_mode);
    terminal.flush();
    terminal.close();
  }
}
