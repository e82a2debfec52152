package dev.streetbox.bus;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An ALSA capture device through the program {@code arecord} (alsa-utils), as a child process that
 * writes to a pipe: Java's own sound system does not offer 32 bits on a Pi's I2S card. The child
 * ends with this process: writing to a closed pipe ends it.
 */
public final class ArecordPort implements AudioPort {
  private static final int RATE_HZ = 48_000; // the only rate of a Pi's I2S card
  private static final int FRAME_BYTES = 8;

  /** The pipe holds 170 ms (64 KiB), and ALSA's own buffer 500 ms more. */
  private static final Duration POLL = Duration.ofMillis(100);

  /** A device that says nothing for so long is lost; the first sound comes within about 1 s. */
  private static final Duration STALL = Duration.ofSeconds(3);

  private static final Duration EXIT_LIMIT = Duration.ofMillis(500);
  private static final Duration EXIT_POLL = Duration.ofMillis(20);

  private final String device;
  private final List<String> command;
  private final Time time;
  private final byte[] bytes = new byte[FRAME_BYTES * RATE_HZ / 10];
  private final IntBuffer words =
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
  private Process process; // null while closed
  private ArecordStderr said = new ArecordStderr();
  private boolean ended;
  private long lastSoundMs;

  /**
   * @param device the ALSA name, as {@code hw:CARD=sndrpigooglevoi,DEV=0}
   */
  public ArecordPort(String device, Time time) {
    this(device, List.of("arecord"), time);
  }

  /**
   * @param program what to start in the place of {@code arecord}; its options are added
   */
  ArecordPort(String device, List<String> program, Time time) {
    this.device = device;
    this.command = new ArrayList<>(program);
    this.command.addAll(List.of("-D", device, "-t", "raw", "-f", "S32_LE"));
    this.command.addAll(List.of("-c", "2", "-r", Integer.toString(RATE_HZ)));
    this.time = time;
  }

  @Override
  public void open() throws IOException {
    if (process != null) {
      return;
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectInput(new File("/dev/null"));
    builder.environment().put("LC_ALL", "C"); // its words are searched for "overrun"
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new BusException(
          device + ": arecord does not start; try: sudo apt install alsa-utils",
          BusException.UNKNOWN,
          e);
    }
    said = new ArecordStderr();
    ended = false;
    lastSoundMs = time.tickMs();
  }

  @Override
  public int rateHz() {
    return RATE_HZ;
  }

  @Override
  public int read(int[] stereo, int frames, Duration wait) throws IOException {
    if (process == null) {
      throw new BusException(device + ": the port is not open", BusException.UNKNOWN);
    }
    long deadlineMs = time.tickMs() + wait.toMillis();
    while (true) {
      int got = take(stereo, frames);
      checkWords();
      long nowMs = time.tickMs();
      if (got > 0) {
        lastSoundMs = nowMs;
        return got;
      }
      if (ended) {
        throw fault("arecord ended (" + process.exitValue() + ")");
      }
      // A look later: what a dying child still wrote comes first.
      ended = !process.isAlive();
      if (nowMs - lastSoundMs >= STALL.toMillis()) {
        throw fault("no sound for " + STALL.toSeconds() + " s");
      }
      if (nowMs >= deadlineMs) {
        return 0;
      }
      time.sleep(Duration.ofMillis(Math.min(POLL.toMillis(), deadlineMs - nowMs)));
    }
  }

  @Override
  public long overruns() {
    return said.overruns();
  }

  @Override
  public void close() {
    if (process == null) {
      return;
    }
    Process child = process;
    process = null;
    child.destroy();
    try {
      // The device is free only when the child is gone.
      long limitMs = time.tickMs() + EXIT_LIMIT.toMillis();
      while (child.isAlive() && time.tickMs() < limitMs) {
        time.sleep(EXIT_POLL);
      }
    } catch (InterruptedIOException e) {
      // The thread shall end: without a wait, then; its interrupt flag is still set.
      child.destroyForcibly();
    }
    if (child.isAlive()) {
      child.destroyForcibly();
    }
  }

  private int take(int[] stereo, int frames) throws IOException {
    try {
      InputStream sound = process.getInputStream();
      int limit = Math.min(frames, bytes.length / FRAME_BYTES);
      int waiting = Math.min(limit, sound.available() / FRAME_BYTES);
      int count = sound.readNBytes(bytes, 0, waiting * FRAME_BYTES) / FRAME_BYTES;
      words.get(0, stereo, 0, 2 * count);
      said.hear(process.getErrorStream());
      return count;
    } catch (IOException e) {
      throw new BusException(device + ": the pipe from arecord failed", BusException.UNKNOWN, e);
    }
  }

  private void checkWords() throws IOException {
    if (said.wrongRate()) {
      throw fault("the device does not run at " + RATE_HZ + " Hz; try a plughw: name");
    }
  }

  private BusException fault(String what) {
    String last = said.last().isEmpty() ? "" : ": " + said.last();
    return new BusException(
        device + ": " + what + last + "; is it plugged in? Try: arecord --list-devices",
        BusException.UNKNOWN);
  }
}
