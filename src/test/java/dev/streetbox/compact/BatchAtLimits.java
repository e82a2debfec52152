package dev.streetbox.compact;

import dev.streetbox.measure.Quantity;
import java.math.BigDecimal;
import java.util.function.ToDoubleFunction;

/** Makes a batch whose numbers are the least and the greatest that the contract's schemas allow. */
final class BatchAtLimits {
  private BatchAtLimits() {}

  /** Returns the batch's JSON: a row of least values, and one of greatest. */
  static String json() {
    return """
    {"v":1,"box":"sb-%s","boot":2147483647,"sim":true,"first":1,"last":9007199254740991,\
    "cal":"3-5f1c09a2","t0":1577836800000,"t0_min":0,"t0_max":4102444800000,"rows":[\
    {"seq":1,"t":1577836800000,"tq":"gnss",%s"q":0},\
    {"seq":9007199254740991,"t":4102444800000,"tq":"est",%s"q":2147483647}],\
    "drops":[[1,9007199254740991,"store_full"]]}\
    """
        .formatted("0".repeat(29), readings(Quantity::least), readings(Quantity::greatest));
  }

  private static String readings(ToDoubleFunction<Quantity> value) {
    StringBuilder fields = new StringBuilder();
    for (Quantity quantity : Quantity.values()) {
      String number = new BigDecimal(value.applyAsDouble(quantity)).toPlainString();
      fields.append("\"%s\":%s,".formatted(quantity.key(), number));
    }
    return fields.toString();
  }
}
