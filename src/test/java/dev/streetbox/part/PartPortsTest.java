package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.Ads1115;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests which ports are made of the hardware for which places. */
class PartPortsTest {
  private final RecordingHardware hardware = new RecordingHardware();
  private final PartPorts ports = new PartPorts(hardware, new ScriptedTime());

  private static PartPlace.ConverterInput input(String bus, int address, int channel) {
    return new PartPlace.ConverterInput(bus, address, Converter.ADS1115, channel);
  }

  @Test
  void inputsOfOneConverterShareItAndItsPort() {
    Ads1115 first = ports.converter(input("i2c-1", 0x48, 0));
    assertSame(first, ports.converter(input("i2c-1", 0x48, 3)));
    assertEquals(List.of("i2c-1 0x48"), hardware.made);
  }

  @Test
  void convertersAtOtherAddressesOrBusesAreOthers() {
    Ads1115 first = ports.converter(input("i2c-1", 0x48, 0));
    assertNotSame(first, ports.converter(input("i2c-1", 0x49, 0)));
    assertNotSame(first, ports.converter(input("i2c-3", 0x48, 0)));
    assertEquals(List.of("i2c-1 0x48", "i2c-1 0x49", "i2c-3 0x48"), hardware.made);
  }

  @Test
  void aPartWithAnAddressOfItsOwnGetsAPortToIt() {
    ports.i2c(new PartPlace.I2c("i2c-1", 0x69));
    ports.i2c(new PartPlace.I2c("i2c-1", 0x69));
    assertEquals(List.of("i2c-1 0x69", "i2c-1 0x69"), hardware.made);
  }

  @Test
  void aSerialPortIsMadeWithTheRateOfThePart() {
    ports.uart(new PartPlace.Uart("/dev/serial0"), 9_600);
    assertEquals(List.of("/dev/serial0 9600"), hardware.made);
  }

  @Test
  void aSoundCardIsMadeByItsAlsaName() {
    ports.audio(new PartPlace.Audio("hw:0,0"));
    assertEquals(List.of("hw:0,0"), hardware.made);
  }
}
