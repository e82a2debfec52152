package dev.streetbox.driver;

import dev.streetbox.bus.FrameException;
import dev.streetbox.driver.FrameFinder.Form;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises the part at a serial port by its frames, if a driver finds none of its own, so that
 * the error names the part that really sits there. All parts here have 9600 8N1. For one thread.
 */
final class ForeignFrames {
  private static final byte[] SDS198 = {(byte) 0xAA, (byte) 0xCF};
  private static final byte[] PMS3003 = {0x42, 0x4D, 0x00, 0x14};

  /** The search for each part's frames, by the part's name and what to type. */
  private final Map<String, FrameFinder> finders = new LinkedHashMap<>();

  private String seen = "";

  /** Creates a search that has seen no byte. */
  ForeignFrames() {
    finders.put("a PMS5003. Try: driver = \"pms5003\"", finder(PlantowerModel.PMS5003));
    finders.put(
        "a PMS5003ST. Try: driver = \"pms5003\", model = \"pms5003st\"",
        finder(PlantowerModel.PMS5003ST));
    finders.put(
        "a PMS3003, for which there is no driver",
        new FrameFinder(PlantowerFrame::isValid, new Form(PMS3003, 24)));
    finders.put("an SDS011. Try: driver = \"sds011\"", Sds011Frame.finder());
    finders.put(
        "an SDS198, for which there is no driver",
        new FrameFinder(Sds011Frame::hasRightSumAndEnd, new Form(SDS198, Sds011Frame.LENGTH)));
    finders.put("a ZE03 or one of its family. Try: driver = \"ze03\"", Ze03Frame.finder());
  }

  /** Adds the next bytes of the stream. */
  void add(byte[] bytes, int count) {
    finders.forEach(
        (name, finder) -> {
          if (!finder.add(bytes, count).isEmpty()) {
            seen = name;
          }
        });
  }

  /** Forgets the part, because the driver has found frames of its own. */
  void reset() {
    seen = "";
  }

  /**
   * Returns the error that names the part whose frames arrive, if there are any.
   *
   * @param part the configured part's name
   */
  Optional<FrameException> error(String part) {
    return seen.isEmpty()
        ? Optional.empty()
        : Optional.of(new FrameException(part + ": the part at this port is " + seen));
  }

  private static FrameFinder finder(PlantowerModel model) {
    return PlantowerFrame.finder(model);
  }
}
