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
 * Captures from an ALSA device through the program {@code arecord} (alsa-utils), a child process
 * that writes to a pipe, because Java's own sound system does not offer 32 bits on a Pi's I2S card.
 * A card without two channels of 32 bits at 48 kHz (a mono or 16-bit USB microphone) is started
 * again with ALSA's conversion.
 *
 * <p>The child ends with this process, because the next write to a closed pipe ends it (SIGPIPE).
 */
public final class ArecordPort implements AudioPort {
  private static final int RATE_HZ = 48_000; // the only rate of a Pi's I2S card
  private static final int FRAME_BYTES = 8;

  /** The beginning of an ALSA name without conversion; with this before it ALSA converts. */
  private static final String DIRECT = "hw:";

  private static final String PLUG = "plug";

  /**
   * The time between two looks at the pipe, well below the 170 ms that the pipe holds (64 KiB) and
   * the 500 ms of ALSA's own buffer.
   */
  private static final Duration POLL = Duration.ofMillis(100);

  /**
   * Limits the time without a sample before the device counts as lost; the first samples come about
   * 1 s after the start.
   */
  private static final Duration STALL = Duration.ofSeconds(3);

  private static final Duration EXIT_LIMIT = Duration.ofMillis(500);
  private static final Duration EXIT_POLL = Duration.ofMillis(20);

  private final String device;
  private final List<String> program;
  private final Time time;
  private final byte[] bytes = new byte[FRAME_BYTES * RATE_HZ / 10];
  private final IntBuffer samples =
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
  private Process process; // null while closed
  private ArecordStderr stderr = new ArecordStderr();
  private boolean ended;
  private boolean converted; // by ALSA, because the card has another format
  private long lastSoundMs;

  /**
   * Makes a closed port.
   *
   * @param device the ALSA name, as {@code hw:CARD=sndrpigooglevoi,DEV=0}
   */
  public ArecordPort(String device, Time time) {
    this(device, List.of("arecord"), time);
  }

  /**
   * Makes a closed port with another program.
   *
   * @param program the command to start instead of {@code arecord}; arecord's options are appended
   */
  ArecordPort(String device, List<String> program, Time time) {
    this.device = device;
    this.program = List.copyOf(program);
    this.time = time;
  }

  @Override
  public void open() throws IOException {
    if (process != null) {
      return;
    }
    start();
  }

  private void start() throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("-D", converted ? PLUG + device : device, "-t", "raw"));
    command.addAll(List.of("-f", "S32_LE", "-c", "2", "-r", Integer.toString(RATE_HZ)));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectInput(new File("/dev/null"));
    builder.environment().put("LC_ALL", "C"); // ArecordStderr searches for English messages
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new BusException(
          device + ": arecord does not start; try: sudo apt install alsa-utils",
          BusException.UNKNOWN,
          e);
    }
    stderr = new ArecordStderr();
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
      int got = readAvailable(stereo, frames);
      checkRate();
      long nowMs = time.tickMs();
      if (got > 0) {
        lastSoundMs = nowMs;
        return got;
      }
      if (ended && isConvertible()) {
        convert();
        continue;
      }
      if (ended) {
        throw error("arecord ended (" + process.exitValue() + ")");
      }
      // Checked one round later, so that output written before the child's end is read first.
      ended = !process.isAlive();
      if (nowMs - lastSoundMs >= STALL.toMillis()) {
        throw error("no sound for " + STALL.toSeconds() + " s");
      }
      if (nowMs >= deadlineMs) {
        return 0;
      }
      time.sleep(Duration.ofMillis(Math.min(POLL.toMillis(), deadlineMs - nowMs)));
    }
  }

  @Override
  public long overruns() {
    return stderr.overruns();
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
      // The device is free only after the child has ended.
      long limitMs = time.tickMs() + EXIT_LIMIT.toMillis();
      while (child.isAlive() && time.tickMs() < limitMs) {
        time.sleep(EXIT_POLL);
      }
    } catch (InterruptedIOException e) {
      // An interrupt asks the thread to end, so the child is not waited for; the flag stays set.
      child.destroyForcibly();
    }
    if (child.isAlive()) {
      child.destroyForcibly();
    }
  }

  private int readAvailable(int[] stereo, int frames) throws IOException {
    try {
      InputStream sound = process.getInputStream();
      int limit = Math.min(frames, bytes.length / FRAME_BYTES);
      int available = Math.min(limit, sound.available() / FRAME_BYTES);
      int count = sound.readNBytes(bytes, 0, available * FRAME_BYTES) / FRAME_BYTES;
      samples.get(0, stereo, 0, 2 * count);
      stderr.readAvailable(process.getErrorStream());
      return count;
    } catch (IOException e) {
      throw new BusException(
          device + ": the pipe from arecord cannot be read", BusException.UNKNOWN, e);
    }
  }

  private void checkRate() throws IOException {
    if (!stderr.wrongRate()) {
      return;
    }
    if (!isConvertible()) {
      throw error("the device does not run at " + RATE_HZ + " Hz");
    }
    convert();
  }

  /** Returns whether the card has another format and ALSA was not yet asked to convert it. */
  private boolean isConvertible() {
    return !converted && device.startsWith(DIRECT) && stderr.isConvertible();
  }

  /** Starts again with ALSA's conversion of channels, format and rate. */
  private void convert() throws IOException {
    close();
    converted = true;
    start();
  }

  private BusException error(String effect) {
    String last = stderr.message().isEmpty() ? "" : ": " + stderr.message();
    return new BusException(
        device + ": " + effect + last + "; " + stderr.cure(), BusException.UNKNOWN);
  }
}
