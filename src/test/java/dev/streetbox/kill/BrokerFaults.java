package dev.streetbox.kill;

import dev.streetbox.Program;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Kills, terminates and suspends the broker, and starts it again with or without its store. Stops
 * the boxes (SIGSTOP) while the broker starts, so that {@link DeliveredRows} subscribes before a
 * box connects.
 */
final class BrokerFaults {
  private enum State {
    UP,
    FROZEN,
    DOWN
  }

  private final Mosquitto broker;
  private final Path store;
  private final DeliveredRows delivered;
  private final List<KilledBox> boxes;
  private final SplittableRandom random;
  private State state = State.UP;
  private long nextMs;
  private int faults;

  /**
   * Changes nothing yet.
   *
   * @param store the broker's persistent store
   */
  BrokerFaults(
      Mosquitto broker,
      Path store,
      DeliveredRows delivered,
      List<KilledBox> boxes,
      SplittableRandom random) {
    this.broker = broker;
    this.store = store;
    this.delivered = delivered;
    this.boxes = boxes;
    this.random = random;
    this.nextMs = random.nextLong(3_000);
  }

  /** Returns the number of faults so far. */
  int faults() {
    return faults;
  }

  /** Begins or ends a fault if that is due at a time (ms, monotonic). */
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

  /** Resumes or restarts the broker if it is suspended or stopped. */
  void end() throws IOException {
    if (state == State.FROZEN) {
      broker.resume();
    } else if (state == State.DOWN) {
      delivered.takeLast();
      signal("-STOP");
      broker.start();
      delivered.reconnect();
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
