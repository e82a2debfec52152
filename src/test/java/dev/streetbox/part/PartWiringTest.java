package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what each kind of wiring answers. */
class PartWiringTest {
  static List<CatalogueEntry> entries() {
    return Catalogue.entries();
  }

  private static PartWiring wiring(String key) {
    return Catalogue.of(key).orElseThrow().wiring();
  }

  @ParameterizedTest
  @CsvSource({
    "sps30, i2c",
    "multigas, i2c",
    "mics6814, converter",
    "sen0232, converter",
    "pms5003, uart",
    "microphone, audio"
  })
  void theFunctionOfTheWiringsKindIsCalled(String key, String kind) {
    assertEquals(
        kind,
        wiring(key).match(i2c -> "i2c", converter -> "converter", uart -> "uart", a -> "audio"));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void theSimulatedPlaceIsOfTheSameWiringAndAtTheUsualAddress(CatalogueEntry part) {
    PartWiring wiring = part.wiring();
    PartPlace place = wiring.simulatedPlace(part.key());
    Class<? extends PartPlace> kind =
        wiring.match(
            i2c -> PartPlace.I2c.class,
            converter -> PartPlace.ConverterInput.class,
            uart -> PartPlace.Uart.class,
            audio -> PartPlace.Audio.class);
    assertEquals(kind, place.getClass());
    assertEquals(
        wiring.addresses().stream().findFirst(), place.i2cAddress().stream().boxed().findFirst());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void aConverterInputHasRoomForItsInputsAndAConverter(CatalogueEntry part) {
    Optional<PartWiring.ConverterInput> input = part.wiring().converterInput();
    input.ifPresent(
        wiring -> {
          assertFalse(wiring.converters().isEmpty());
          assertTrue(wiring.inputs() >= 1 && wiring.inputs() <= Converter.INPUTS);
          assertTrue(wiring.identification().isPresent());
        });
    boolean atConverter = part.wiring().match(i2c -> false, any -> true, uart -> false, a -> false);
    assertEquals(atConverter, input.isPresent());
  }

  @Test
  void aPartWithoutI2cHasNoAddressAndNoIdentification() {
    for (String key : List.of("pms5003", "microphone")) {
      assertEquals(List.of(), wiring(key).addresses());
      assertEquals(Optional.empty(), wiring(key).identification());
      assertEquals(Optional.empty(), wiring(key).converterInput());
    }
  }
}
