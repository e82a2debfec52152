package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Plantower PMSA003I on I2C, address 0x12 (manual V2.6); readings and flags are {@link
 * PlantowerCell}'s. Each plain read of 32 bytes is its newest frame, the same one again until it
 * has another: after 2.3 s in still air, 0.2 to 0.8 s while the air changes.
 *
 * <p>It has neither commands nor a serial number: its start bytes, its length and its sum are all
 * that tells it from another part. Used by the bus's thread.
 */
public final class Pmsa003i implements Sensor {
  private static final Rhythm RHYTHM = Rhythm.everySecond(Duration.ofMillis(2_500));

  private final I2cPort port;
  private final Time time;
  private final PlantowerCell cell = new PlantowerCell();

  /** The part at this port; nothing is sent yet. */
  public Pmsa003i(I2cPort port, Time time) {
    this.port = port;
    this.time = time;
  }

  /**
   * Identifies the part, which measures from power-up on.
   *
   * @throws FrameException if what answers is no Plantower
   */
  @Override
  public void start() throws IOException {
    requireFrame(port.read(PlantowerFrame.LENGTH));
    cell.restart();
  }

  /**
   * Its newest frame.
   *
   * @throws BusException if nobody answers
   * @throws FrameException if start, length or sum are wrong
   */
  @Override
  public Sample read() throws IOException {
    return cell.take(requireFrame(port.read(PlantowerFrame.LENGTH)), time.tickMs());
  }

  @Override
  public Rhythm rhythm() {
    return RHYTHM;
  }

  /** The bytes, if they are a frame. */
  static byte[] requireFrame(byte[] bytes) throws FrameException {
    if (!PlantowerFrame.isValid(bytes)) {
      throw new FrameException(
          "PMSA003I: "
              + HexFormat.of().formatHex(bytes)
              + " instead of 42 4d 00 1c … and its sum: noise on the wires, a bus without power or"
              + " too fast for it, or another part at its address");
    }
    return bytes;
  }
}
