package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps the reason codes of a PUBACK (MQTT 5, table 3-4) to outcomes. */
class DeliveryOutcomeTest {
  @ParameterizedTest
  @CsvSource({
    "0x00, DELIVERED", // success
    "0x10, DELIVERED", // no matching subscribers: accepted nevertheless, and counted
    "0x80, LATER", // unspecified error
    "0x83, LATER", // implementation specific error
    "0x87, HOLD", // not authorized
    "0x90, HOLD", // topic name invalid
    "0x91, LATER", // packet identifier in use
    "0x97, LATER", // quota exceeded
    "0x99, SPLIT", // payload format invalid
    "0x95, SPLIT", // packet too large: not defined for PUBACK, but unambiguous
    "0xff, LATER" // not defined: an unknown code never deletes a row
  })
  void eachCodeHasItsOutcome(String code, DeliveryOutcome outcome) {
    assertEquals(outcome, DeliveryOutcome.of(Integer.decode(code)));
  }
}
