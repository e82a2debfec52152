package dev.streetbox.bus;

import java.io.IOException;
import java.time.Duration;

/**
 * A capture device with two channels of 32 bits. What it delivers is heard once and kept nowhere.
 * Created closed; used by one thread only.
 */
public interface AudioPort extends AutoCloseable {
  /**
   * Begins to capture, or does nothing if it is open.
   *
   * @throws BusException if it cannot be begun; the message says why
   */
  void open() throws IOException;

  /** Frames per second: one frame is one sample of each channel. */
  int rateHz();

  /**
   * Reads what is there, waiting for the first frame.
   *
   * @param words receives left, right, left, right from index 0; full scale is the whole range of
   *     an int
   * @param frames at most this many, not above half the length of {@code words}
   * @param wait how long to wait for the first frame
   * @return how many frames came, 0 if none came in time
   * @throws BusException if the device is gone, silent for seconds, or the port is not open
   */
  int read(int[] words, int frames, Duration wait) throws IOException;

  /** How often samples were lost since the port was opened, because nobody took them in time. */
  long overruns();

  /** Ends the capture; it may be opened again. */
  @Override
  void close();
}
