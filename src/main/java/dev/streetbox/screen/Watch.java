package dev.streetbox.screen;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Somebody watches a box: reads its state once a second and draws it, until they have enough. */
public final class Watch {
  private static final long PERIOD_MS = 1_000;

  /** How soon a key, a new window size or a signal is answered. */
  private static final Duration ROUND = Duration.ofMillis(100);

  private final Path runDir;
  private final LiveTerminal terminal;
  private final Time time;
  private final History history = new History();
  private View.Mode mode = View.Mode.QUANTITIES;
  private View view;

  public Watch(Path runDir, LiveTerminal terminal, Time time) throws IOException {
    this.runDir = runDir;
    this.terminal = terminal;
    this.time = time;
    this.view = new View(AgentState.read(runDir, time).tree(), history, "", mode);
  }

  /**
   * Draws until the end is asked for, by a key or otherwise.
   *
   * @param ended whether it is asked for otherwise; asked ten times a second
   * @throws IOException if the terminal is gone
   */
  public void run(BooleanSupplier ended) throws IOException {
    long dueMs = 0;
    int key = LiveTerminal.NO_KEY;
    while (key != 'q' && key != -1 && !ended.getAsBoolean()) {
      boolean changed = choose(key);
      if (time.tickMs() >= dueMs && mode != View.Mode.PAUSED) {
        dueMs = time.tickMs() + PERIOD_MS;
        read();
        changed = true;
      }
      if (changed || terminal.isResized()) {
        view = new View(view.status(), history, view.notice(), mode);
        terminal.show((columns, rows) -> Screen.of(view, columns, rows));
      }
      key = terminal.key(ROUND);
    }
  }

  /** Does what a key asks for; returns whether it asks for anything. */
  private boolean choose(int key) {
    View.Mode asked =
        switch (key) {
          case 'p' -> View.Mode.PAUSED;
          case 'f' -> View.Mode.FAULTS;
          default -> mode;
        };
    if (key != 'p' && key != 'f') {
      return false;
    }
    mode = asked == mode ? View.Mode.QUANTITIES : asked;
    return true;
  }

  /** The state of now; what cannot be read leaves the last one on the screen, with the reason. */
  private void read() {
    try {
      AgentState state = AgentState.read(runDir, time);
      view = new View(state.tree(), history, state.stale().orElse(""), mode);
      view.row()
          .text("seq")
          .ifPresent(seq -> history.add(Long.parseLong(seq), View.readings(view.row())));
    } catch (IOException e) {
      view = new View(view.status(), history, e.getMessage(), mode);
    }
  }
}
