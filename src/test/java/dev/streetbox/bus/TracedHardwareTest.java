package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests that transfers at a place are traced by the names of the parts there. */
class TracedHardwareTest {
  private final ScriptedTime time = new ScriptedTime();
  private final List<String> lines = new ArrayList<>();

  /** Acknowledges every address, for writes of two bytes. */
  private final Hardware scripted =
      new Hardware() {
        @Override
        public I2cPort i2c(String bus, int address) {
          return new ScriptedI2c(time).write("0102");
        }

        @Override
        public SerialPort uart(String device, int baud) {
          throw new AssertionError(device);
        }

        @Override
        public AudioPort audio(String device) {
          throw new AssertionError(device);
        }

        @Override
        public SerialPort tcp(String host, int port) {
          throw new AssertionError(host);
        }

        @Override
        public GpioInput gpioInput(int line) {
          throw new AssertionError("not traced");
        }

        @Override
        public GpioOutput gpioOutput(int line) {
          throw new AssertionError("not traced");
        }

        @Override
        public void release(String bus) {
          lines.add("released " + bus);
        }
      };

  private final Hardware traced =
      new TracedHardware(
          scripted,
          new BusTrace(lines::add, time),
          Map.of(TracedHardware.place("i2c-1", 0x49), "gas+noise"));

  @Test
  void aTraceLineHasThePartsNamesOrThePlace() throws IOException {
    traced.i2c("i2c-1", 0x49).write(1, 2);
    traced.i2c("i2c-3", 0x49).write(1, 2);
    traced.release("i2c-1");
    assertEquals(
        List.of(
            "    0.000 gas+noise write 01 02",
            "    0.000 i2c-3 0x49 write 01 02",
            "released i2c-1"),
        lines);
  }
}
