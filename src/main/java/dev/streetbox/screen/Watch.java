package dev.streetbox.screen;

import dev.streetbox.bus.Time;
import dev.streetbox.datadir.StatusRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Reads the agent's state once a second and draws it, until a key ends it. Used by one thread. */
public final class Watch {
  private static final long PERIOD_MS = 1_000;

  /** An agent that has not answered for this long gets no more time; its last state is shown. */
  private static final long ANSWER_LIMIT_MS = 1_000;

  /** Limits the delay until a key, a new window size or a signal has its effect. */
  private static final Duration KEY_WAIT = Duration.ofMillis(100);

  private final Path runDir;
  private final LiveTerminal terminal;
  private final Time time;
  private final History history = new History();
  private View.Mode mode = View.Mode.QUANTITIES;
  private View view;
  private final StatusRequest request;
  private long nextReadMs;
  private long answerLimitMs;
  private boolean isRequested;

  /**
   * Reads the first state; nothing is drawn yet.
   *
   * @throws IOException if no agent runs, or its state cannot be read
   */
  public Watch(Path runDir, LiveTerminal terminal, Time time) throws IOException {
    this.runDir = runDir;
    this.terminal = terminal;
    this.time = time;
    this.request = new StatusRequest(runDir);
    this.view = new View(AgentState.read(runDir, time).tree(), history, "", mode);
  }

  /**
   * Draws until q or Ctrl-C is typed, the terminal hangs up, or the caller ends it.
   *
   * @param ended returns true when the caller ends it; asked at least ten times a second
   * @throws IOException if the terminal cannot be read
   */
  public void run(BooleanSupplier ended) throws IOException {
    int key = LiveTerminal.NO_KEY;
    while (key != 'q' && key != LiveTerminal.END && !ended.getAsBoolean()) {
      boolean changed = applyKey(key);
      if (mode != View.Mode.PAUSED && isDue()) {
        readState();
        changed = true;
      }
      if (changed || terminal.isResized()) {
        view = new View(view.status(), history, view.notice(), mode);
        terminal.draw((columns, rows) -> Screen.of(view, columns, rows));
      }
      key = terminal.readKey(KEY_WAIT);
    }
  }

  /**
   * Requests a fresh state a second after the last one was read, and returns whether the state is
   * to be read: it is there, may not be requested, or is late.
   */
  private boolean isDue() {
    long now = time.tickMs();
    if (now < nextReadMs) {
      return false;
    }
    if (!isRequested && request.submit()) {
      isRequested = true;
      answerLimitMs = now + ANSWER_LIMIT_MS;
      return false;
    }
    if (isRequested && request.isPending() && now < answerLimitMs) {
      return false;
    }
    isRequested = false;
    nextReadMs = now + PERIOD_MS;
    return true;
  }

  /** Changes the mode as the key demands; returns false for a key without a meaning. */
  private boolean applyKey(int key) {
    if (key != 'p' && key != 'f') {
      return false;
    }
    View.Mode chosen = key == 'p' ? View.Mode.PAUSED : View.Mode.FAULTS;
    mode = chosen == mode ? View.Mode.QUANTITIES : chosen;
    return true;
  }

  /** Reads the state; if that fails, keeps the last state and shows the reason. */
  private void readState() {
    try {
      AgentState state = AgentState.read(runDir, time);
      view = new View(state.tree(), history, state.staleMessage().orElse(""), mode);
      view.row()
          .text("seq")
          .ifPresent(seq -> history.add(Long.parseLong(seq), View.readings(view.row())));
    } catch (IOException e) {
      view = new View(view.status(), history, e.getMessage(), mode);
    }
  }
}
