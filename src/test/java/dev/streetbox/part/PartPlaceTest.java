package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Tests bus, address and device file of each kind of place. */
class PartPlaceTest {
  @Test
  void partsOnOneI2cBusShareItsThreadAndItsDeviceFile() {
    PartPlace air = new PartPlace.I2c("i2c-1", 0x44);
    PartPlace noise = new PartPlace.ConverterInput("i2c-1", 0x48, Converter.ADS1115, 2);
    assertEquals(air.bus("air"), noise.bus("noise"));
    assertEquals("i2c-1", air.device());
    assertEquals("i2c-1", noise.device());
    assertEquals(Optional.of("/dev/i2c-1"), air.deviceFile());
    assertEquals(Optional.of("/dev/i2c-1"), noise.deviceFile());
  }

  @Test
  void theAddressAtAConverterIsThatOfTheConverter() {
    assertEquals(
        OptionalInt.of(0x49),
        new PartPlace.ConverterInput("i2c-1", 0x49, Converter.ADS1015, 0).i2cAddress());
    assertEquals(OptionalInt.of(0x69), new PartPlace.I2c("i2c-3", 0x69).i2cAddress());
  }

  @Test
  void aPartAtASerialPortHasABusOfItsOwn() {
    PartPlace place = new PartPlace.Uart("/dev/serial0");
    assertEquals("serial-pm", place.bus("pm"));
    assertNotEquals(place.bus("pm"), place.bus("gas"));
    assertEquals("/dev/serial0", place.device());
    assertEquals(Optional.of("/dev/serial0"), place.deviceFile());
    assertEquals(OptionalInt.empty(), place.i2cAddress());
  }

  @Test
  void aSoundCardHasABusOfItsOwnAndNoDeviceFile() {
    PartPlace place = new PartPlace.Audio("hw:0,0");
    assertEquals("audio-street", place.bus("street"));
    assertEquals("hw:0,0", place.device());
    assertEquals(Optional.empty(), place.deviceFile());
    assertEquals(OptionalInt.empty(), place.i2cAddress());
  }
}
