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
 * A serial port with a simulated part at its other end. Bytes come in splits of any size, as they
 * do through a real driver. Used by one thread, as every port.
 */
final class SimSerial implements SerialPort {
  private static final int BUFFER_BYTES = 16_384;
  private static final int ENOENT = 2;
  private static final int EIO = 5;

  /** A part that speaks by itself, and when it is asked. */
  interface SerialDevice {
    /** Power comes; called before anything else. */
    void powerUp(long tickMs);

    /** The port was opened: what is heard at once. */
    byte[] onOpen(long tickMs);

    /** What it says at once to bytes that were written to it. */
    byte[] answer(byte[] written, long tickMs);

    /** The tick at which it speaks next; {@code Long.MAX_VALUE} if it waits to be asked. */
    long nextMs();

    /** What it says at {@link #nextMs()}, which then is later. */
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
   * A closed port; the part has power from now on.
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

  /** Up to now, not to the end: in a ride at high speed on a busy machine that may never come. */
  private void receiveDue() {
    long nowMs = time.tickMs();
    while (device.nextMs() <= nowMs) {
      receive(corrupted(device.nextOutput()));
    }
  }

  /** What does not fit is lost, as in a kernel's buffer. */
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
