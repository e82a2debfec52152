package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Maps the reason codes of a PUBACK (MQTT 5, table 3-4) to outcomes. */
class DeliveryOutcomeTest {
  @Test
  void eachCodeHasItsOutcome() {
    for (int code = 0; code <= 0xff; code++) {
      DeliveryOutcome expected =
          switch (code) {
            case 0x87, 0x90 -> DeliveryOutcome.HOLD; // not authorized, topic name invalid
            case 0x95 -> DeliveryOutcome.TOO_LARGE; // not defined for PUBACK, but unambiguous
            case 0x99 -> DeliveryOutcome.SPLIT; // payload format invalid
            // An error that is not defined never removes a row.
            default -> code < 0x80 ? DeliveryOutcome.DELIVERED : DeliveryOutcome.LATER;
          };
      assertEquals(expected, DeliveryOutcome.of(code), "0x%02x".formatted(code));
    }
  }
}
