package dev.streetbox.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.QuantityGroup;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ViewTest {
  private static View view(String status) throws IOException {
    return new View(JsonTree.parse(status), new History(), "", View.Mode.QUANTITIES);
  }

  @Test
  void aQuantityOfTheRowIsCurrentAndAsOldAsTheRow() throws IOException {
    View view = view("{\"t\":9500,\"row\":{\"t\":9000,\"pm25_ugm3\":27.4,\"q\":3}}");
    assertEquals(Map.of(Quantity.PM2_5, new View.ShownValue(27.4, 500, true)), view.measured());
    assertEquals(Set.of(Quality.PM_WARMUP, Quality.PM_HUMID), view.flags());
  }

  @Test
  void theValueIsTheRowsAndTheAgeIsTheBoards() throws IOException {
    View view =
        view(
            "{\"t\":9500,\"row\":{\"t\":9000,\"pm25_ugm3\":27.4},\"readings\":["
                + "{\"key\":\"pm25_ugm3\",\"value\":99.9,\"age_ms\":41}]}");
    assertEquals(Map.of(Quantity.PM2_5, new View.ShownValue(27.4, 41, true)), view.measured());
  }

  @Test
  void aQuantityThatTheRowLacksIsLate() throws IOException {
    View view = view("{\"readings\":[{\"key\":\"h2s_ppm\",\"value\":0.02,\"age_ms\":75000}]}");
    assertEquals(Map.of(Quantity.H2S, new View.ShownValue(0.02, 75_000, false)), view.measured());
  }

  @Test
  void thePlaceAndFieldsOfALaterVersionAreNotAmongTheMeasurements() throws IOException {
    View view =
        view(
            "{\"row\":{\"lat\":40.07,\"lon\":116.3,\"hacc_m\":3,\"alt_m\":44,\"spd_mps\":6,"
                + "\"hdg_deg\":181,\"co2_g\":3,\"laeq_db\":60},"
                + "\"readings\":[{\"key\":\"dust\",\"value\":1},{\"value\":2}]}");
    assertEquals(Set.of(Quantity.LAEQ), view.measured().keySet());
  }

  @Test
  void aRowThatIsNewerThanTheStatusHasTheAgeZero() throws IOException {
    View view = view("{\"t\":9000,\"row\":{\"t\":9500,\"laeq_db\":60}}");
    assertEquals(0, view.measured().get(Quantity.LAEQ).ageMs());
  }

  @Test
  void everyQuantityButThePlaceIsShown() throws IOException {
    String fields =
        Arrays.stream(Quantity.values())
            .map(quantity -> "\"" + quantity.key() + "\":1")
            .collect(Collectors.joining(",", "{\"row\":{", "}}"));
    View view = view(fields);
    for (Quantity quantity : Quantity.values()) {
      boolean place = quantity.group() == QuantityGroup.PLACE;
      assertEquals(!place, view.measured().containsKey(quantity), quantity.key());
    }
    assertFalse(view.measured().isEmpty());
  }
}
