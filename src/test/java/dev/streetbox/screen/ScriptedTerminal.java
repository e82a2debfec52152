package dev.streetbox.screen;

import dev.streetbox.bus.ScriptedTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** Returns the keys of a script, one a call, and keeps every picture drawn. */
final class ScriptedTerminal implements LiveTerminal {
  private final ScriptedTime time;
  private final List<String> drawn = new ArrayList<>();
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private final Deque<Integer> keys = new ArrayDeque<>();
  private boolean resized = true;
  private int columns = 80;
  private int rows = 24;

  ScriptedTerminal(ScriptedTime time) {
    this.time = time;
  }

  /** Appends a key to the script. */
  ScriptedTerminal then(int key) {
    steps.add(() -> {});
    keys.add(key);
    return this;
  }

  /** Appends a call that runs a step and returns no key. */
  ScriptedTerminal then(Runnable step) {
    steps.add(step);
    keys.add(NO_KEY);
    return this;
  }

  /** Appends calls that return no key; each takes the whole time for which it waits. */
  ScriptedTerminal rest(int calls) {
    for (int call = 0; call < calls; call++) {
      then(NO_KEY);
    }
    return this;
  }

  /** Changes the window's size. */
  void resize(int newColumns, int newRows) {
    columns = newColumns;
    rows = newRows;
    resized = true;
  }

  /** Returns the pictures drawn so far. */
  List<String> drawn() {
    return List.copyOf(drawn);
  }

  @Override
  public boolean isResized() {
    return resized;
  }

  @Override
  public void draw(Content content) {
    resized = false;
    drawn.add(
        content.lines(columns, rows).stream()
            .map(line -> line.toString().stripTrailing() + "\n")
            .collect(Collectors.joining()));
  }

  /** Returns the script's next key; {@link #END} after the last one. */
  @Override
  public int readKey(Duration wait) {
    if (steps.isEmpty()) {
      return END;
    }
    steps.remove().run();
    int key = keys.remove();
    if (key == NO_KEY) {
      time.pass(wait);
    }
    return key;
  }

  @Override
  public void close() {}
}
