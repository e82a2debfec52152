package dev.streetbox.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.JsonText;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonValueTest {
  private static String json(Object value) {
    return JsonText.of(json -> JsonValue.write(json, value));
  }

  @Test
  void eachKindHasItsForm() {
    assertEquals("\"a\\\"b\"", json("a\"b"));
    assertEquals("9007199254740993", json(9_007_199_254_740_993L));
    assertEquals("0.10", json(new BigDecimal("0.10")));
    assertEquals("true", json(true));
    assertEquals("[]", json(List.of()));
    assertEquals("{}", json(Map.of()));
  }

  @Test
  void mapsAndListsHoldValuesInTheirOrder() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", List.of(1, Map.of("a", false)));
    map.put("b", "c");
    assertEquals("{\"z\":[1,{\"a\":false}],\"b\":\"c\"}", json(map));
  }

  @Test
  void anythingElseIsItsText() {
    assertEquals("\"PING\"", json(CommandName.PING));
  }
}
