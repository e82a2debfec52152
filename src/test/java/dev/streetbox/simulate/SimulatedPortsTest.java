package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.part.Converter;
import dev.streetbox.part.PartPlace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests what may be connected at one place, and which faults reach whom. */
class SimulatedPortsTest {
  private final ScriptedTime time = new ScriptedTime();
  private final SimulatedPorts ports = new SimulatedPorts(new World(time, new Ride(1), 1));
  private final SimulatedPart first = new SimulatedPart();
  private final SimulatedPart second = new SimulatedPart();

  @AfterEach
  void close() {
    ports.close();
  }

  private static PartPlace.ConverterInput input(Converter converter, int channel) {
    return new PartPlace.ConverterInput("sim", 0x48, converter, channel);
  }

  private void share() {
    ports.attach(input(Converter.ADS1115, 0), first, List.of(tick -> 1.0));
    ports.attach(input(Converter.ADS1115, 1), second, List.of(tick -> 2.0, tick -> 3.0));
  }

  /** Returns the voltage of an input, by a single conversion at ±4.096 V and 128 per second. */
  private double volts(int input) throws IOException {
    I2cPort port = ports.i2c(0x48);
    port.write(0x01, 0xc3 | input << 4, 0x83);
    time.pass(Duration.ofMillis(10));
    port.write(0x00);
    return ByteBuffer.wrap(port.read(2)).getShort() * 125e-6;
  }

  @Test
  void partsAtOneConverterShareItInputByInput() throws IOException {
    share();
    assertEquals(1, volts(0), 1e-3);
    assertEquals(2, volts(1), 1e-3);
    assertEquals(3, volts(2), 1e-3);
  }

  @Test
  void unpluggingOnePartOpensItsInputsOnly() throws IOException {
    share();
    second.unplug();
    assertEquals(1, volts(0), 1e-3);
    assertEquals(0, volts(1), 2e-3);
  }

  @Test
  void aHangOfEitherPartStopsTheBus() {
    share();
    second.fail(InjectedFault.BUS_HANG);
    assertThrows(BusException.class, () -> volts(0));
    second.heal();
    first.fail(InjectedFault.NO_ANSWER);
    assertThrows(BusException.class, () -> volts(1));
  }

  @Test
  void anotherModelOrAnotherChipAtTheConvertersAddressIsRefused() {
    share();
    assertThrows(
        IllegalArgumentException.class,
        () -> ports.attach(input(Converter.ADS1015, 3), first, List.of(tick -> 1.0)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ports.attach(
                new PartPlace.I2c("sim", 0x48), second, new DnmsChip(time, second, tick -> 60)));
  }

  @Test
  void aReservedAddressIsRefusedBeforeAnythingIsConnected() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ports.attach(
                new PartPlace.I2c("sim", 0x03), first, new DnmsChip(time, first, tick -> 60)));
  }

  @Test
  void everySerialPortHasADeviceOfItsOwn() {
    PartPlace.Uart at = new PartPlace.Uart("simulated pms5003");
    ports.attach(at, first, () -> new Pms5003Device(ports.world()::at, first, 1));
    assertNotSame(ports.uart(at.device()), ports.uart(at.device()));
  }

  @Test
  void theErrorOfAMissingPortListsTheConnectedOnes() {
    ports.attach(new PartPlace.Uart("b"), first, () -> new Sds011Device(ports.world()::at, first));
    ports.attach(new PartPlace.Uart("a"), first, () -> new Sds011Device(ports.world()::at, first));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> ports.uart("c"));
    assertEquals("no simulated part 'c' here; connected: a, b", error.getMessage());
  }
}
