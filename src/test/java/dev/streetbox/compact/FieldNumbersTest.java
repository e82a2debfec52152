package dev.streetbox.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compares the numbers of the fields with the contract's file. */
class FieldNumbersTest {
  @Test
  void everyQuantityHasOneNumber() {
    assertEquals(Set.of(Quantity.values()), Set.copyOf(FieldNumbers.all()));
    assertEquals(Quantity.values().length, FieldNumbers.all().size());
  }

  @Test
  void theContractsFileSaysWhatTheCodeDoes() throws IOException {
    String expected =
        JsonText.object(
                json -> {
                  json.writeArrayFieldStart("fields");
                  for (Quantity quantity : Quantity.values()) {
                    json.writeStartObject();
                    json.writeStringField("key", quantity.key());
                    json.writeNumberField("number", FieldNumbers.of(quantity));
                    json.writeStringField("unit", quantity.unit());
                    json.writeNumberField("decimals", quantity.decimals());
                    json.writeNumberField("least", quantity.least());
                    json.writeNumberField("greatest", quantity.greatest());
                    json.writeStringField("mean", quantity.mean().name().toLowerCase(Locale.ROOT));
                    json.writeArrayFieldStart("doubted_by");
                    for (Quality flag : List.copyOf(quantity.group().flags())) {
                      json.writeString(flag.key());
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                  }
                  json.writeEndArray();
                })
            .replace("},{", "},\n{")
            .replace("[{", "[\n{")
            .replace("}]}", "}\n]}\n");
    assertEquals(expected, Files.readString(Path.of("deploy/contract/fields.json")));
  }
}
