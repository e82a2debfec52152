package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads frames from a serial port. A frame with a wrong sum is skipped; that no good one arrives
 * for long is an exception. Used by the port's own thread.
 */
final class FramePort {
  private static final long NO_FRAME_LIMIT_MS = 7_000;
  private static final long SILENCE_LIMIT_MS = 10_000;

  private final String part;
  private final SerialPort port;
  private final Time time;
  private final FrameFinder finder;
  private final byte[] buffer = new byte[256];

  private final ForeignFrames foreign = new ForeignFrames();
  private long waitedMs;
  private long bytesSinceFrame;

  /**
   * Creates a driver of the part at this port and opens nothing yet.
   *
   * @param part the part's name, for messages
   */
  FramePort(String part, SerialPort port, Time time, FrameFinder finder) {
    this.part = part;
    this.port = port;
    this.time = time;
    this.finder = finder;
  }

  /** Closes the port, opens it again and drops an incomplete frame. */
  void open() throws IOException {
    port.close();
    port.open();
    finder.reset();
    foreign.reset();
    waitedMs = 0;
    bytesSinceFrame = 0;
  }

  /** Writes all bytes. */
  void write(byte[] bytes) throws IOException {
    port.write(bytes);
  }

  /** Returns the frames that have already arrived, without waiting. */
  List<byte[]> bufferedFrames() throws IOException {
    List<byte[]> frames = new ArrayList<>();
    for (int count = -1; count != 0; ) {
      count = port.read(buffer, Duration.ZERO);
      frames.addAll(add(count));
    }
    if (!frames.isEmpty()) {
      waitedMs = 0;
      bytesSinceFrame = 0;
    }
    return frames;
  }

  /**
   * Returns the frames that arrive next, in order.
   *
   * @param wait the longest wait for the first one
   * @return an empty list if none arrived
   * @throws BusException after 10 s of waiting without a frame, or if the port is gone
   * @throws FrameException if bytes arrive, but no good frame in 7 s of waiting
   */
  List<byte[]> awaitFrames(Duration wait) throws IOException {
    long begin = time.tickMs();
    long end = begin + wait.toMillis();
    for (long now = begin; now < end; now = time.tickMs()) {
      int count = port.read(buffer, Duration.ofMillis(end - now));
      bytesSinceFrame += count;
      List<byte[]> frames = add(count);
      if (!frames.isEmpty()) {
        waitedMs = 0;
        bytesSinceFrame = 0;
        return frames;
      }
    }
    waitedMs += end - begin;
    requireFrames();
    return List.of();
  }

  /**
   * Returns the next frame that is a reply.
   *
   * @param wait the longest wait for it
   * @param others takes each other frame that arrives meanwhile
   * @return empty if no reply arrived
   * @throws BusException as {@link #awaitFrames} does
   * @throws FrameException as {@link #awaitFrames} does
   */
  Optional<byte[]> awaitReply(Duration wait, Predicate<byte[]> isReply, Consumer<byte[]> others)
      throws IOException {
    long end = time.tickMs() + wait.toMillis();
    for (long now = time.tickMs(); now < end; now = time.tickMs()) {
      List<byte[]> frames = awaitFrames(Duration.ofMillis(end - now));
      frames.stream().filter(isReply.negate()).forEach(others);
      Optional<byte[]> reply = frames.stream().filter(isReply).findFirst();
      if (reply.isPresent()) {
        return reply;
      }
    }
    return Optional.empty();
  }

  /** Writes a last command, if the port still accepts it, and closes the port. */
  void close(byte[] lastCommand) {
    try {
      port.write(lastCommand);
    } catch (IOException e) {
      // The port is gone, so that the part cannot be reached.
    }
    port.close();
  }

  /**
   * Returns the remark on a part that sends frames but obeys no command.
   *
   * @param pin the name of the part's receiving pin
   */
  static String deaf(String pin) {
    return "it sends but does not obey: check the wire to its " + pin;
  }

  /**
   * Throws the error that names another part, if frames of one have arrived and none of this one.
   */
  void requireNoOther() throws FrameException {
    Optional<FrameException> error = foreign.error(part);
    if (error.isPresent()) {
      throw error.get();
    }
  }

  /**
   * Returns the message that names another part, if frames of one have arrived and none of this.
   */
  Optional<String> otherPart() {
    return foreign.error(part).map(Throwable::getMessage);
  }

  /** Takes the bytes of the buffer, and looks for another part's frames if they hold none. */
  private List<byte[]> add(int count) {
    List<byte[]> frames = finder.add(buffer, count);
    foreign.add(buffer, count);
    if (!frames.isEmpty()) {
      foreign.reset();
    }
    return frames;
  }

  private void requireFrames() throws IOException {
    if (bytesSinceFrame >= finder.length() && waitedMs >= NO_FRAME_LIMIT_MS) {
      requireNoOther();
      throw new FrameException(
          part
              + ": bytes come, but no frame with the right sum for 7 s: noise on the wires, or"
              + " another model or part at this port");
    }
    if (waitedMs >= SILENCE_LIMIT_MS) {
      throw new BusException(
          part
              + ": silent for 10 s: cable or 5 V missing, its sleep pin (SET) pulled low, or the"
              + " serial console owns the port (remove console=serial0 from cmdline.txt)",
          BusException.UNKNOWN);
    }
  }
}
