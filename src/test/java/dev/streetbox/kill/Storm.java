package dev.streetbox.kill;

import dev.streetbox.Program;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens to the broker: killed, terminated, frozen, started again with its store or without.
 * While it starts the boxes are stopped (SIGSTOP), so that the {@link Witness} is back before them.
 */
final class Storm {
  private enum State {
    UP,
    FROZEN,
    DOWN
  }

  private final Mosquitto broker;
  private final Path store;
  private final Witness witness;
  private final List<KilledBox> boxes;
  private final SplittableRandom random;
  private State state = State.UP;
  private long nextMs;
  private int faults;

  /**
   * @param store the broker's persistent store
   */
  Storm(
      Mosquitto broker,
      Path store,
      Witness witness,
      List<KilledBox> boxes,
      SplittableRandom random) {
    this.broker = broker;
    this.store = store;
    this.witness = witness;
    this.boxes = boxes;
    this.random = random;
    this.nextMs = random.nextLong(3_000);
  }

  /** What has happened to the broker so far, in number. */
  int faults() {
    return faults;
  }

  /** Does what is due at that moment of real time. */
  void step(long nowMs) throws IOException {
    if (nowMs < nextMs) {
      return;
    }
    switch (state) {
      case UP -> begin();
      case FROZEN, DOWN -> end();
    }
    nextMs = nowMs + (state == State.UP ? 500 + random.nextLong(4_000) : random.nextLong(2_000));
  }

  /** Brings it back if it is away. */
  void end() throws IOException {
    if (state == State.FROZEN) {
      broker.resume();
    } else if (state == State.DOWN) {
      witness.takeLast();
      signal("-STOP");
      broker.start();
      witness.reconnect();
      signal("-CONT");
    }
    state = State.UP;
  }

  private void begin() throws IOException {
    faults++;
    int kind = random.nextInt(5);
    if (kind == 0) {
      broker.suspend();
      state = State.FROZEN;
      return;
    }
    if (kind == 1) {
      broker.stop();
    } else {
      broker.kill();
    }
    if (kind == 2) {
      Files.deleteIfExists(store);
    }
    state = State.DOWN;
  }

  private void signal(String name) throws IOException {
    StringBuilder command = new StringBuilder("kill " + name);
    boxes.stream().filter(KilledBox::isRunning).forEach(box -> command.append(" " + box.pid()));
    if (boxes.stream().anyMatch(KilledBox::isRunning)) {
      Program.SH.process("-c", command.toString()).inheritIO().start().onExit().join();
    }
  }
}
