package dev.streetbox.bus;

import java.io.IOException;
import java.time.Duration;

/**
 * Captures two channels of 32 bits. The samples are stored nowhere. Created closed; used by one
 * thread only.
 */
public interface AudioPort extends AutoCloseable {
  /**
   * Starts the capture, or does nothing if the port is open.
   *
   * @throws BusException if the capture cannot start; the message gives the likely cause; the port
   *     stays closed
   */
  void open() throws IOException;

  /** Returns the frames per second; one frame is one sample of each channel. */
  int rateHz();

  /**
   * Reads the available frames, waiting for the first one.
   *
   * @param samples receives left, right, left, right from index 0; full scale is the whole range of
   *     an int
   * @param frames the most frames to read, at most half the length of {@code samples}
   * @param wait the longest wait for the first frame
   * @return the number of frames read, 0 if none came in time
   * @throws BusException if the device is gone or gave no sample for seconds, or the port is not
   *     open
   */
  int read(int[] samples, int frames, Duration wait) throws IOException;

  /**
   * Returns how often samples were lost since the port was opened, because they were not read in
   * time.
   */
  long overruns();

  /** Ends the capture; the port may be opened again. */
  @Override
  void close();
}
