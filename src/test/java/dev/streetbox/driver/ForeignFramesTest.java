package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.ScriptedSerial;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests drivers at serial ports where another part sends. */
class ForeignFramesTest {
  /** PyPMS captures (45c3bf0, MIT), and FartCHECKER's frame of a ZE03. */
  private static final String PMS5003 = PlantowerFrameTest.CAPTURED;

  private static final String PMS3003 = "424d001400010001000100010001000100000000005100fa";
  private static final String SDS011 = "aac00600060058d93dab";
  private static final String SDS198 = "aacf0e001000e9050cab";
  private static final String ZE03 = "ff8600030000000077";

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedSerial port = new ScriptedSerial(time);

  private String errorOf(Sensor sensor) {
    return assertThrows(FrameException.class, sensor::start).getMessage();
  }

  @Test
  void anSds011WherePlantowersAreSits() {
    Sds011 sensor = new Sds011(port, time, Sds011.Mode.ACTIVE);
    port.opens().write("aab406010100000000000000000000ffff06ab").receive(PMS5003).silence();
    assertTrue(errorOf(sensor).contains("a PMS5003. Try: driver = \"pms5003\""));
    port.opens().write("aab406010100000000000000000000ffff06ab").receive(SDS198).silence();
    assertTrue(errorOf(sensor).contains("SDS198, for which there is no driver"));
    port.opens().write("aab406010100000000000000000000ffff06ab").receive(ZE03).silence();
    assertTrue(errorOf(sensor).contains("driver = \"ze03\""));
  }

  @Test
  void aZe03WhereAnSds011Sits() {
    Ze03 sensor = new Ze03(port, time, Ze03Gas.H2S, Ze03.Mode.ACTIVE);
    port.opens().write("ff0178030000000084").receive(SDS011).silence();
    assertTrue(errorOf(sensor).contains("driver = \"sds011\""));
  }

  @Test
  void aPms5003WhereAnotherPartSits() throws IOException {
    for (String frame : new String[] {SDS011, PMS3003, ZE03}) {
      Pms5003 sensor =
          new Pms5003(port, time, Pms5003.Mode.ACTIVE, Optional.of(PlantowerModel.PMS5003));
      port.opens().write("424de400010174").write("424de100010171");
      sensor.start();
      for (int second = 0; second < 6; second++) {
        port.receive(frame + frame + frame).silence();
        assertEquals(Sample.NOTHING, sensor.read());
      }
      assertTrue(sensor.remark().orElseThrow().contains("the part at this port is a"));
      port.receive(frame).silence();
      FrameException error = assertThrows(FrameException.class, sensor::read);
      assertTrue(error.getMessage().startsWith("PMS5003: the part at this port is a"));
    }
    port.finish();
  }

  @Test
  void aFrameOfTheDriversOwnMakesTheOthersACoincidence() {
    ForeignFrames foreign = new ForeignFrames();
    byte[] bytes = HexFormat.of().parseHex(SDS011);
    foreign.add(bytes, bytes.length);
    assertTrue(foreign.error("ZE03").isPresent());
    foreign.reset();
    assertTrue(foreign.error("ZE03").isEmpty());
  }

  @Test
  void aStartForgetsTheOtherPart() {
    Sds011 sensor = new Sds011(port, time, Sds011.Mode.ACTIVE);
    port.opens().write("aab406010100000000000000000000ffff06ab").receive(PMS5003).silence();
    assertThrows(FrameException.class, sensor::start);
    port.opens().write("aab406010100000000000000000000ffff06ab").silence();
    assertThrows(BusException.class, sensor::start);
  }
}
