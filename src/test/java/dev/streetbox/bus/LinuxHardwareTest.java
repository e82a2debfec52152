package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Tests that making this machine's ports opens nothing, so that none of them needs to exist. */
class LinuxHardwareTest {
  private final Hardware hardware = new LinuxHardware(new ScriptedTime());

  @Test
  void aBusThatIsNotThereFailsAtItsFirstUse() {
    I2cPort port = hardware.i2c("i2c-119", 0x44);
    IOException error = assertThrows(IOException.class, () -> port.write(0x89));
    assertTrue(error.getMessage().contains("i2c-119"), error.getMessage());
    hardware.release("i2c-119");
    assertThrows(IOException.class, () -> port.write(0x89));
    hardware.release("i2c-119");
  }

  @Test
  void aSerialPortASoundCardAndAServerAreNotOpenedEither() {
    assertThrows(IOException.class, () -> hardware.uart("/dev/none", 9_600).open());
    assertEquals(48_000, hardware.audio("hw:119,0").rateHz());
    assertDoesNotThrow(() -> hardware.tcp("127.0.0.1", 9).close());
  }

  @Test
  void aNameThatIsNoBusIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> hardware.i2c("sim", 0x44));
    assertThrows(IllegalArgumentException.class, () -> hardware.i2c("i2c-1", 0x78));
    assertDoesNotThrow(() -> hardware.release("serial-pm"));
  }

  @Test
  void onlySimMeansSimulated() {
    assertTrue(Hardware.isSimulated("sim"));
    assertFalse(Hardware.isSimulated("i2c-1"));
  }
}
