package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the contract has a field for each quantity of a part; the message has the text. */
class ContractFieldsTest {
  private static final String BATCH = "deploy/contract/batch.schema.json";
  private static final String EVENT = "deploy/contract/event.schema.json";

  /** Copies the fields of a row, which are written by hand in the schema of the batch only. */
  private static final String COPY =
      "jq --slurpfile b "
          + BATCH
          + " '.properties.rows.items = $b[0].properties.rows.items' "
          + EVENT
          + " > e.json && mv e.json "
          + EVENT;

  static List<CatalogueEntry> entries() {
    return Catalogue.entries();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void everyQuantityOfAPartIsAFieldOfARow(CatalogueEntry part) throws IOException {
    String fields = items(BATCH);
    for (Quantity quantity : part.allQuantities()) {
      assertTrue(
          fields.contains("\"" + quantity.key() + "\": {"),
          () ->
              "%s gives %s: in %s, among the rows' properties, type \"%s\": { \"type\": \"number\","
                      .formatted(part, quantity, BATCH, quantity.key())
                  + " \"description\": \"…, "
                  + quantity.unit()
                  + "\" }; then: "
                  + COPY);
    }
  }

  @Test
  void theRowsOfAnEventAreThoseOfABatch() throws IOException {
    assertEquals(items(BATCH), items(EVENT), "type: " + COPY);
  }

  /** Returns the schema of a row. */
  private static String items(String schema) throws IOException {
    String text = Files.readString(Path.of(schema));
    int from = text.indexOf("\"items\": {", text.indexOf("\"rows\": {"));
    int depth = 0;
    for (int at = text.indexOf('{', from); ; at++) {
      depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
      if (depth == 0) {
        return text.substring(from, at + 1);
      }
    }
  }
}
