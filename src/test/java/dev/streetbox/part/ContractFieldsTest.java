package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the contract has a field for each quantity of a part; the message has the text. */
class ContractFieldsTest {
  private static final String ROW = "deploy/contract/row.schema.json";

  static List<CatalogueEntry> entries() {
    return Catalogue.entries();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void everyQuantityOfAPartIsAFieldOfARow(CatalogueEntry part) throws IOException {
    String fields = Files.readString(Path.of(ROW));
    for (Quantity quantity : part.allQuantities()) {
      assertTrue(
          fields.contains("\"" + quantity.key() + "\": {"),
          () ->
              "%s gives %s: in %s, among the properties, type \"%s\": { \"type\": \"number\","
                      .formatted(part, quantity, ROW, quantity.key())
                  + " \"description\": \"…, "
                  + quantity.unit()
                  + "\" }");
    }
  }
}
