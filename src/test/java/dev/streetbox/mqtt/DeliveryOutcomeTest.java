package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reason codes of a PUBACK (MQTT 5, table 3.4.2.1) and what becomes of the rows. */
class DeliveryOutcomeTest {
  @ParameterizedTest
  @CsvSource({
    "0x00, DELIVERED", // success
    "0x10, DELIVERED", // no matching subscribers: taken all the same, and counted
    "0x80, LATER", // unspecified error
    "0x83, LATER", // implementation specific error
    "0x87, HOLD", // not authorized
    "0x90, HOLD", // topic name invalid
    "0x91, LATER", // packet identifier in use
    "0x97, LATER", // quota exceeded
    "0x99, SPLIT", // payload format invalid
    "0x95, SPLIT", // packet too large: no code for a PUBACK, but its meaning is plain
    "0xff, LATER" // not defined: nothing is ever deleted for a code that is not known
  })
  void eachCodeHasItsFate(String code, DeliveryOutcome outcome) {
    assertEquals(outcome, DeliveryOutcome.of(Integer.decode(code)));
  }
}
