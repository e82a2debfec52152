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
  void aFieldKeepsTheNumberWithWhichStoredBatchesAreDecoded() {
    String published =
        """
        lat lon hacc_m alt_m spd_mps hdg_deg pm1_ugm3 pm25_ugm3 pm4_ugm3 pm10_ugm3
        pm1_cal_ugm3 pm25_cal_ugm3 pm10_cal_ugm3 nc03_cm3 nc05_cm3 nc1_cm3 nc25_cm3 nc4_cm3
        nc5_cm3 nc10_cm3 psize_um laeq_db lafmax_db lcpeak_db l10_db l50_db l90_db level_db
        voc_index nox_index voc_raw nox_raw co2_ppm h2s_ppm nh3_ppm co_ppm no2_ppm so2_ppm o3_ppm
        cl2_ppm h2s_cal_ppm nh3_cal_ppm ox_ohm red_ohm nh3_ohm temp_c rh_pct press_hpa""";
    int number = 0;
    for (String key : published.split("\\s+", -1)) {
      assertEquals(number++, FieldNumbers.of(Quantity.of(key).orElseThrow()), key);
    }
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
