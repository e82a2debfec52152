package dev.streetbox.simulate;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Simulates a serial port with a part at its other end. A read returns a random share of the bytes
 * that have come, because a real driver splits them anywhere too. Used by one thread, as every
 * port.
 */
final class SimSerial implements SerialPort {
  private static final int BUFFER_BYTES = 16_384;
  private static final int ENOENT = 2;
  private static final int EIO = 5;

  /** Simulates a serial part, which sends by itself and answers requests. */
  interface SerialDevice {
    /** Resets the part to its state after power-up; called before any other method. */
    void powerUp(long tickMs);

    /** Returns the bytes that arrive as soon as the port is opened. */
    byte[] onOpen(long tickMs);

    /** Returns the part's immediate answer to written bytes; empty if there is none. */
    byte[] answer(byte[] written, long tickMs);

    /**
     * Returns the tick at which the part next sends by itself, in ms; {@code Long.MAX_VALUE} if it
     * only answers.
     */
    long nextMs();

    /** Returns the bytes sent at {@link #nextMs()} and moves that tick to the next output. */
    byte[] nextOutput();
  }

  private final String name;
  private final Time time;
  private final SimulatedPart simulatedPart;
  private final SerialDevice device;
  private final SplittableRandom random;
  private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES).flip();
  private int powerUps;
  private boolean open;

  /**
   * Makes a closed port and powers the part.
   *
   * @param name for messages, as {@code simulated pms5003}
   */
  SimSerial(String name, Time time, SimulatedPart simulatedPart, SerialDevice device, long seed) {
    this.name = name;
    this.time = time;
    this.simulatedPart = simulatedPart;
    this.device = device;
    this.random = new SplittableRandom(seed);
    supply();
  }

  @Override
  public void open() throws IOException {
    if (open) {
      return;
    }
    if (!simulatedPart.plugged()) {
      throw new BusException(name + " is missing: is it plugged in?", ENOENT);
    }
    open = true;
    supply();
    received.clear().flip();
    receive(device.onOpen(time.tickMs()));
  }

  @Override
  public int read(byte[] buffer, Duration wait) throws IOException {
    long untilMs = time.tickMs() + wait.toMillis();
    while (true) {
      requireConnection();
      receiveDue();
      if (received.hasRemaining()) {
        int count = 1 + random.nextInt(Math.min(buffer.length, received.remaining()));
        received.get(buffer, 0, count);
        return count;
      }
      long nowMs = time.tickMs();
      if (nowMs >= untilMs) {
        return 0;
      }
      long nextMs = Math.min(untilMs, Math.max(nowMs + 1, device.nextMs()));
      time.sleep(Duration.ofMillis(nextMs - nowMs));
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    requireConnection();
    receiveDue();
    receive(device.answer(bytes, time.tickMs()));
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public String toString() {
    return name;
  }

  private void requireConnection() throws IOException {
    if (!open) {
      throw new BusException(name + " is not open", BusException.UNKNOWN);
    }
    if (!simulatedPart.plugged() || simulatedPart.has(InjectedFault.HANG_UP)) {
      close();
      throw new BusException(name + " hung up: is it plugged in?", EIO);
    }
    supply();
  }

  private void supply() {
    if (powerUps != simulatedPart.powerUps()) {
      powerUps = simulatedPart.powerUps();
      device.powerUp(simulatedPart.poweredMs(time.tickMs()));
    }
  }

  /**
   * Receives what was due when the call began. What becomes due meanwhile is left, because at a
   * high simulation speed on a loaded machine the loop might never end.
   */
  private void receiveDue() {
    long nowMs = time.tickMs();
    while (device.nextMs() <= nowMs) {
      receive(corrupted(device.nextOutput()));
    }
  }

  /** Buffers bytes; those that do not fit are lost, as in a kernel's buffer. */
  private void receive(byte[] bytes) {
    if (!simulatedPart.has(InjectedFault.SILENCE)) {
      received.compact();
      received.put(bytes, 0, Math.min(bytes.length, received.remaining())).flip();
    }
  }

  private byte[] corrupted(byte[] message) {
    byte[] bytes = message.clone();
    if (simulatedPart.has(InjectedFault.TORN_FRAME)) {
      bytes = Arrays.copyOf(bytes, bytes.length / 2);
    }
    if (simulatedPart.has(InjectedFault.GARBAGE)) {
      random.nextBytes(bytes);
    }
    if (simulatedPart.has(InjectedFault.ALL_ZEROS)) {
      Arrays.fill(bytes, (byte) 0x00);
    }
    if (simulatedPart.has(InjectedFault.ALL_ONES)) {
      Arrays.fill(bytes, (byte) 0xff);
    }
    return bytes;
  }
}
