package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests keys and addresses of the converters. */
class ConverterTest {
  @Test
  void everyKeyNamesItsConverter() {
    assertEquals(List.of("ads1115", "ads1015"), Converter.keys());
    for (Converter converter : Converter.values()) {
      assertEquals(Optional.of(converter), Converter.of(converter.key()));
    }
  }

  @Test
  void anUnknownKeyOrOneInCapitalsNamesNone() {
    assertEquals(Optional.empty(), Converter.of("ads1219"));
    assertEquals(Optional.empty(), Converter.of("ADS1115"));
  }

  @Test
  void theGivenAddressComesFirstAndEachAddressOnce() {
    assertEquals(List.of(0x48, 0x49, 0x4A, 0x4B), Converter.addresses(0x48));
    assertEquals(List.of(0x4A, 0x48, 0x49, 0x4B), Converter.addresses(0x4A));
  }
}
