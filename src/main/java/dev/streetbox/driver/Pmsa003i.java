package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Drives a Plantower PMSA003I on I2C, address 0x12 (manual V2.6); readings and flags are those of
 * {@link PlantowerCell}. Each plain read of 32 bytes gives the newest frame, which changes after
 * 2.3 s in still air and after 0.2 to 0.8 s while the air changes.
 *
 * <p>The part has neither commands nor a serial number, so only start bytes, length and sum
 * identify it. Used by the bus's thread.
 */
public final class Pmsa003i implements Sensor {
  private static final Rhythm RHYTHM = Rhythm.everySecond(Duration.ofMillis(2_500));

  private final I2cPort port;
  private final Time time;
  private final PlantowerCell cell = new PlantowerCell(Optional.of(PlantowerModel.PMS5003));

  /** Creates a driver of the part at this port and sends nothing yet. */
  public Pmsa003i(I2cPort port, Time time) {
    this.port = port;
    this.time = time;
  }

  /**
   * Identifies the part by a frame; the part measures from power-up on.
   *
   * @throws FrameException if the answer is no frame of a Plantower part
   */
  @Override
  public void start() throws IOException {
    requireFrame(port.read(PlantowerFrame.LENGTH));
    cell.restart();
  }

  /**
   * Returns the sample of the newest frame.
   *
   * @throws BusException if no part answers
   * @throws FrameException if start, length or sum are wrong
   */
  @Override
  public Sample read() throws IOException {
    return cell.take(requireFrame(port.read(PlantowerFrame.LENGTH)), time.tickMs());
  }

  @Override
  public Optional<String> remark() {
    return Optional.of(cell.cause()).filter(cause -> !cause.isEmpty());
  }

  @Override
  public Rhythm rhythm() {
    return RHYTHM;
  }

  /** Returns the bytes unchanged, if they are a frame. */
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
